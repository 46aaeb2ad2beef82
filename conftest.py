"""What nbval doesn't compare: the form of a question, which a stored notebook doesn't hold."""


def pytest_collectstart(collector):
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html",)
