"""Static export: the public site, crawled from its sitemap as of one moment and written as files for any web server."""
