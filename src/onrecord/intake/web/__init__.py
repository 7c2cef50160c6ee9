"""The web: addresses that may be asked, asked politely, and what comes back read as articles or as lists of addresses.

:class:`onrecord.intake.web.reading.Web` is the way in; it is not imported here, since its libraries take a tenth of a second.
"""

from onrecord.intake.web.trouble import WebError

__all__ = ["WebError"]
