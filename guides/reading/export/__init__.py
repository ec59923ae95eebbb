"""The site as files that any web server can serve: walked from its sitemap, asked page by page, as of one moment."""
