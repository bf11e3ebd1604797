"""How a figure is shown."""


def row(name: str, figures: str) -> None:
    """Print one line of the report."""
    print(f"{name:44} {figures}", flush=True)
