"""Pages for a browser: templates, and what fills them."""
