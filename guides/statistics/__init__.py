"""Official statistics: importing the published tables, and what their values mean.

`importing` reads the publishers' files into the tables of `guides.models.statistics`. The other modules answer the
questions of pages: which percentiles may be shown, where an offer lies, what pay buys in an area, which area a name
means, and how an occupation is projected to grow. They never import drafts, because visitors' pages use them.
"""
