"""The correction desk: screens over ``corrections`` and ``store``. What changes a page is done there, never here."""
