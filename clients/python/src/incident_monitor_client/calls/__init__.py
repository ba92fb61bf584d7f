"""The calls under ``client.incident_monitor``, in groups; together they are one namespace."""

from .config import ConfigCalls
from .config_rows import ConfigRowCalls
from .drafts import DraftCalls
from .incidents import IncidentCalls
from .intake import IntakeCalls
from .log_sources import LogSourceCalls
from .mcp_servers import McpServerCalls
from .posts import PostCalls
from .preview import PreviewCalls
from .security import SecurityCalls
from .silences import SilenceCalls
from .status import StatusCalls
from .triage_runs import TriageRunCalls


class IncidentMonitor(
    StatusCalls,
    ConfigCalls,
    ConfigRowCalls,
    IntakeCalls,
    LogSourceCalls,
    McpServerCalls,
    IncidentCalls,
    DraftCalls,
    TriageRunCalls,
    PostCalls,
    PreviewCalls,
    SilenceCalls,
    SecurityCalls,
):
    """Every call of the Incident Monitor API."""


__all__ = ["IncidentMonitor"]
