"""The order of lists. A relation named alone would bring its own model's ordering with it, join by join; ids do not."""

#: Newest first; within a day by page and place: what the index of articles is made for.
NEWEST_FIRST = ("-date", "page_id", "position")
