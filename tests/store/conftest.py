import importlib.util
import sys
from pathlib import Path

# Tests are imported one by one, without their folder on the path: the factories are made known by name.
_spec = importlib.util.spec_from_file_location("store_factories", Path(__file__).with_name("factories.py"))
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
sys.modules["store_factories"] = _module
_spec.loader.exec_module(_module)
