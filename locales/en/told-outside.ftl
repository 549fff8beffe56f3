# The table by unit for other sites, the news as RSS.
embed-units-of = Figures by unit of { $round }
embed-units-text = The table of attempts and people by unit has a code of its own:
feed-link-rss = address of the feed (RSS)
blocs-caption = By bloc
blocs-bloc = Bloc
blocs-units = Units with entrants
