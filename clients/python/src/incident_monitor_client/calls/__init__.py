"""The calls under ``client.incident_monitor``, in groups; together they are one namespace."""

from .access import AccessCalls
from .authority import AuthorityCalls
from .audit import AuditCalls
from .bulk import BulkCalls
from .accounts import AccountCalls
from .cards import CardCalls
from .config import ConfigCalls
from .config_rows import ConfigRowCalls
from .drafts import DraftCalls
from .first_run import FirstRunCalls
from .incidents import IncidentCalls
from .incident_actions import IncidentActionCalls
from .intake import IntakeCalls
from .log_sources import LogSourceCalls
from .mcp_servers import McpServerCalls
from .posts import PostCalls
from .preview import PreviewCalls
from .redaction import RedactionCalls
from .retention import RetentionCalls
from .saved_views import SavedViewCalls
from .security import SecurityCalls
from .silences import SilenceCalls
from .status import StatusCalls
from .triage_runs import TriageRunCalls


class IncidentMonitor(
    StatusCalls,
    FirstRunCalls,
    ConfigCalls,
    ConfigRowCalls,
    IntakeCalls,
    LogSourceCalls,
    McpServerCalls,
    IncidentCalls,
    IncidentActionCalls,
    DraftCalls,
    BulkCalls,
    SavedViewCalls,
    TriageRunCalls,
    PostCalls,
    PreviewCalls,
    RedactionCalls,
    RetentionCalls,
    SilenceCalls,
    AccessCalls,
    AccountCalls,
    AuthorityCalls,
    AuditCalls,
    SecurityCalls,
    CardCalls,
):
    """Every call of the Incident Monitor API."""


__all__ = ["IncidentMonitor"]
