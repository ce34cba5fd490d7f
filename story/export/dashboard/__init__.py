"""The dashboard of a story as one HTML file that needs nothing but itself."""

from story.export.dashboard.file import export_dashboard, policy

__all__ = ["export_dashboard", "policy"]
