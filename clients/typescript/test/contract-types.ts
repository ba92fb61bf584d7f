import type * as access from "@/lib/contracts/access";
import type * as account from "@/lib/contracts/account";
import type * as assessment from "@/lib/contracts/assessment-report";
import type * as assessmentSections from "@/lib/contracts/assessment-sections";
import type * as audit from "@/lib/contracts/audit";
import type * as backtest from "@/lib/contracts/backtest";
import type * as bulk from "@/lib/contracts/bulk";
import type * as config from "@/lib/contracts/config";
import type * as history from "@/lib/contracts/config-history";
import type * as resource from "@/lib/contracts/config-resource";
import type { BulkDeleteWire, DeletedWire } from "@/lib/contracts/deletion";
import type * as activity from "@/lib/contracts/destination-activity";
import type * as draft from "@/lib/contracts/draft";
import type { ChangeEventWire } from "@/lib/contracts/event";
import type * as evidence from "@/lib/contracts/evidence";
import type * as firstRun from "@/lib/contracts/first-run";
import type * as grouping from "@/lib/contracts/grouping";
import type * as incident from "@/lib/contracts/incident";
import type * as intakeKey from "@/lib/contracts/intake-key";
import type * as issueTemplate from "@/lib/contracts/issue-template";
import type * as logPreview from "@/lib/contracts/log-preview";
import type * as logSource from "@/lib/contracts/log-source";
import type * as mcpServer from "@/lib/contracts/mcp-server";
import type * as notification from "@/lib/contracts/notification";
import type * as post from "@/lib/contracts/post";
import type * as postAction from "@/lib/contracts/post-action";
import type * as publish from "@/lib/contracts/publish";
import type * as quiet from "@/lib/contracts/quiet";
import type * as redaction from "@/lib/contracts/redaction";
import type * as report from "@/lib/contracts/report";
import type * as retention from "@/lib/contracts/retention";
import type * as review from "@/lib/contracts/review";
import type * as lint from "@/lib/contracts/route-lint";
import type * as preview from "@/lib/contracts/route-preview";
import type * as events from "@/lib/contracts/runtime-event";
import type * as savedView from "@/lib/contracts/saved-view";
import type * as scenario from "@/lib/contracts/scenario";
import type * as shadow from "@/lib/contracts/shadow-decision";
import type * as silence from "@/lib/contracts/silence";
import type * as status from "@/lib/contracts/status";
import type * as trend from "@/lib/contracts/trend";
import type { TriageSummaryInputWire } from "@/lib/contracts/triage";
import type * as triageAgent from "@/lib/contracts/triage-agent";
import type * as triageRun from "@/lib/contracts/triage-run";
import type * as Client from "../src/index.js";

/*
 * Checked by `tsc --noEmit`, no test runs it: the types the client writes by hand hold everything the server's schemas
 * answer (`Answers`) and take everything its requests may say (`Takes`). A key that is missing is named by the error.
 */
type Known<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] };
type Missing<Server, Ours> = Exclude<keyof Server, keyof Known<Ours>>;

type Answers<Server extends Ours, Ours> = [Missing<Server, Ours>] extends [never]
  ? true
  : Missing<Server, Ours>;
type Takes<Ours, Server> = Ours extends Server
  ? [Missing<Server, Ours>] extends [never]
    ? true
    : Missing<Server, Ours>
  : never;

type All<Rows extends readonly true[]> = Rows;

export type Checked = All<
  [
    Answers<config.ConfigWire, Client.Config>,
    Answers<config.DestinationWire, Client.Destination>,
    Answers<config.RouteWire, Client.Route>,
    Answers<config.MonitoredProjectWire, Client.MonitoredProject>,
    Answers<config.LogSourceWire, Client.LogSource>,
    Answers<config.SafetyDefaultsWire, Client.SafetyDefaults>,
    Answers<draft.DraftWire, Client.Draft>,
    Answers<draft.DraftListWire, Client.DraftList>,
    Answers<draft.ApprovalWire, Client.Approval>,
    Answers<incident.IncidentWire, Client.Incident>,
    Answers<incident.IncidentListWire, Client.IncidentList>,
    Answers<incident.OccurrencesWire, Client.Occurrences>,
    Answers<intakeKey.IntakeKeyWire, Client.IntakeKey>,
    Answers<post.PostWire, Client.Post>,
    Answers<post.PostListWire, Client.PostList>,
    Answers<post.PostDetailWire, Client.PostDetail>,
    Answers<activity.DestinationActivityWire, Client.DestinationActivity>,
    Answers<postAction.PostActionWire, Client.PostAction>,
    Answers<postAction.ReconcileWire, Client.ReconciledPost>,
    Answers<postAction.RetriedPostsWire, Client.RetriedPosts>,
    Answers<post.AttemptWire, Client.Attempt>,
    Answers<publish.ApproveResponseWire, Client.ApproveResponse>,
    Answers<publish.DenyResponseWire, Client.DenyResponse>,
    Answers<publish.PublishResponseWire, Client.PublishResponse>,
    Answers<report.ReportResponseWire, Client.ReportResponse>,
    Answers<report.BatchItemWire, Client.BatchItem>,
    Answers<review.DraftReviewWire, Client.DraftReview>,
    Answers<review.DestinationReviewWire, Client.DestinationReview>,
    Answers<review.RouteTraceWire, Client.RouteTrace>,
    Answers<preview.RoutePreviewWire, Client.RoutePreview>,
    Answers<lint.RouteFindingWire, Client.RouteFinding>,
    Answers<lint.RouteLintWire, Client.RouteLint>,
    Answers<backtest.BacktestResultWire, Client.BacktestResult>,
    Answers<backtest.BacktestRowWire, Client.BacktestRow>,
    Answers<backtest.BacktestOutcomeWire, Client.BacktestOutcome>,
    Takes<Client.BacktestRequest, backtest.BacktestRequestWire>,
    Answers<shadow.ShadowDecisionListWire, Client.ShadowDecisionList>,
    Answers<shadow.ShadowDecisionWire, Client.ShadowDecision>,
    [Missing<shadow.ShadowDecisionListQuery, Client.ShadowDecisionQuery>] extends [never] ? true : false,
    Answers<account.TotpResetWire, Client.TotpReset>,
    Answers<grouping.SplitResponseWire, Client.SplitResponse>,
    Answers<grouping.VariationsWire, Client.Variations>,
    Answers<grouping.MergeCandidatesWire, Client.MergeCandidates>,
    Answers<grouping.GroupingPreviewWire, Client.GroupingPreview>,
    Answers<grouping.GroupingRuleWire, Client.GroupingRule>,
    Answers<grouping.GroupingRuleListWire, Client.GroupingRuleList>,
    Takes<Client.MergeInput, grouping.MergeRequestWire>,
    Takes<Client.SplitInput, grouping.SplitRequestWire>,
    Takes<Client.GroupingApply, grouping.GroupingApplyWire>,
    Takes<Client.SnoozeInput, quiet.SnoozeRequestWire>,
    Takes<Client.MuteInput, quiet.MuteRequestWire>,
    Takes<Client.ResolveInput, quiet.ResolveRequestWire>,
    Answers<redaction.RedactionRunWire, Client.RedactionRun>,
    Answers<redaction.RedactionRunListWire, Client.RedactionRunList>,
    Answers<redaction.RereadingPreviewWire, Client.RereadingPreview>,
    Answers<assessment.AssessmentReportResponseWire, Client.AssessmentReport>,
    Answers<assessment.AssessmentListWire, Client.AssessmentList>,
    Answers<assessment.AssessmentSummaryWire, Client.AssessmentSummary>,
    Answers<assessment.KeptAssessmentWire, Client.KeptAssessment>,
    Answers<assessmentSections.AssessmentSectionsWire, Client.AssessmentSections>,
    Answers<assessmentSections.MitigationWire, Client.Mitigation>,
    Answers<assessmentSections.OpenQuestionWire, Client.OpenQuestion>,
    Answers<assessmentSections.OwnerWire, Client.Owner>,
    Takes<Client.AssessmentReportInput, assessment.AssessmentReportAskWire>,
    Answers<retention.RetentionHoldWire, Client.RetentionHold>,
    Answers<retention.RetentionHoldListWire, Client.RetentionHoldList>,
    Answers<retention.RetentionChoiceWire, Client.RetentionChoice>,
    Answers<retention.RetentionDueWire, Client.RetentionDue>,
    Answers<retention.RetentionPreviewWire, Client.RetentionPreview>,
    Answers<retention.RetentionRunWire, Client.RetentionRun>,
    Answers<retention.RetentionRunListWire, Client.RetentionRunList>,
    Answers<retention.ErasurePreviewWire, Client.ErasurePreview>,
    Takes<Client.RetentionHoldInput, retention.PlaceHoldWire>,
    Answers<audit.AuditListWire, Client.AuditList>,
    Answers<audit.AuditStateWire, Client.AuditLedger>,
    Answers<audit.AuditEntryResponseWire, Client.AuditEntryAnswer>,
    Answers<audit.AuditVerificationWire, Client.AuditVerification>,
    Takes<Client.AuditWitnessInput, audit.PutAuditWitnessWire>,
    [Missing<audit.AuditListQuery, Client.AuditQuery>] extends [never] ? true : false,
    [Missing<audit.AuditExportQuery, Client.AuditExportQuery>] extends [never] ? true : false,
    Answers<silence.SilenceWire, Client.Silence>,
    Answers<silence.SilenceMatcherWire, Client.SilenceMatcher>,
    Answers<silence.SilenceListWire, Client.SilenceList>,
    Answers<silence.SilenceHoldListWire, Client.SilenceHoldList>,
    Takes<Client.SilenceInput, silence.CreateSilenceWire>,
    Takes<Client.SilenceChange, silence.UpdateSilenceWire>,
    [Missing<silence.SilenceListQuery, Client.SilenceQuery>] extends [never] ? true : false,
    [Missing<silence.SilenceHoldListQuery, Client.SilenceHoldQuery>] extends [never] ? true : false,
    Answers<scenario.ScenarioPackListWire, Client.ScenarioPackList>,
    Answers<scenario.ListedScenarioPackWire, Client.ListedScenarioPack>,
    Answers<scenario.ScenarioPackRunWire, Client.ScenarioPackRun>,
    Answers<scenario.ScenarioPackResultWire, Client.ScenarioPackRun["pack"]>,
    Answers<scenario.ScenarioResultWire, Client.ScenarioResult>,
    Answers<scenario.ScenarioRunListWire, Client.ScenarioRunList>,
    Takes<Client.RunScenarioPackInput, scenario.ScenarioRunWire>,
    Takes<Client.ScenarioPackInput, scenario.PutScenarioPackWire>,
    Takes<Client.ScenarioInput, scenario.ScenarioInputWire>,
    Takes<Client.ScenarioExpectation, scenario.ScenarioExpectWire>,
    Answers<access.UserWire, Client.User>,
    Answers<access.UserListWire, Client.UserList>,
    Answers<access.UserSessionWire, Client.UserSession>,
    Answers<access.UserSessionListWire, Client.UserSessionList>,
    Answers<access.InvitationWire, Client.Invitation>,
    Answers<access.InvitationListWire, Client.InvitationList>,
    Answers<access.MadeInvitationWire, Client.MadeInvitation>,
    Answers<access.FoundInvitationWire, Client.FoundInvitation>,
    Answers<access.MadePasswordResetWire, Client.MadePasswordReset>,
    Answers<access.FoundPasswordResetWire, Client.FoundPasswordReset>,
    Answers<access.ApiTokenWire, Client.ApiToken>,
    Answers<access.ApiTokenListWire, Client.ApiTokenList>,
    Answers<access.MadeApiTokenWire, Client.MadeApiToken>,
    Answers<access.RoleTableWire, Client.RoleTable>,
    Takes<Client.UserChange, access.UpdateUserWire>,
    Takes<Client.InvitationInput, access.InviteUserWire>,
    Takes<Client.InvitationAcceptance, access.AcceptInvitationWire>,
    Takes<Client.ApiTokenInput, access.CreateApiTokenWire>,
    Takes<Client.ApiTokenRotation, access.RotateApiTokenWire>,
    [Missing<access.UserListQuery, Client.UserQuery>] extends [never] ? true : false,
    [Missing<access.ApiTokenListQuery, Client.ApiTokenQuery>] extends [never] ? true : false,
    Answers<config.LogReadingWire, Client.LogReading>,
    Answers<mcpServer.McpServerWire, Client.McpServer>,
    Answers<mcpServer.McpToolWire, Client.McpTool>,
    Answers<mcpServer.McpServerListWire, Client.McpServerList>,
    Takes<Client.McpServerInput, mcpServer.PutMcpServerWire>,
    Answers<logSource.LogSourceHealthWire, Client.LogSourceHealth>,
    Answers<logSource.LogSourceHealthListWire, Client.LogSourceHealthList>,
    Answers<logSource.LogSourceStateWire, Client.LogSourceState>,
    Answers<logSource.RereadPlanWire, Client.RereadPlan>,
    Answers<logSource.ResetLogSourceWire, Client.LogSourceResetResponse>,
    Answers<logSource.ReplayPlanWire, Client.ReplayPlan>,
    Answers<logSource.ReplayLogSourceWire, Client.LogSourceReplayResponse>,
    Answers<logSource.BackfilledLogSourceWire, Client.BackfillResponse>,
    Answers<logSource.QuarantinedLogWire, Client.QuarantinedLog>,
    Answers<logSource.QuarantineListWire, Client.QuarantineList>,
    Answers<logSource.ReplayedQuarantineWire, Client.ReplayedQuarantine>,
    Answers<logPreview.LogPreviewWire, Client.LogPreview>,
    Answers<logPreview.PreviewedLineWire, Client.PreviewedLine>,
    Answers<logPreview.BrowsedFolderWire, Client.BrowsedFolder>,
    Answers<logPreview.AllowedRootsWire, Client.AllowedRoots>,
    Answers<evidence.EvidenceWire, Client.Evidence>,
    Takes<Client.BackfillInput, logSource.BackfillLogSourceWire>,
    Takes<Client.ReplayQuarantineInput, logSource.ReplayQuarantineWire>,
    Takes<Client.PreviewLogSourceInput, logPreview.PreviewLogSourceWire>,
    [Missing<logSource.LogSourceHealthListQuery, Client.LogSourceHealthQuery>] extends [never] ? true : false,
    [Missing<logSource.QuarantineListQuery, Client.QuarantineQuery>] extends [never] ? true : false,
    Answers<preview.DestinationReadinessWire, Client.DestinationReadiness>,
    // The server's schema leaves the watcher's rows open; the contract (5.2) names their keys.
    Answers<Omit<status.StatusWire, "log_watcher"> & { log_watcher: Client.LogWatcherStatus }, Client.Status>,
    Answers<status.OverviewWire, Client.Overview>,
    Answers<trend.TrendsWire, Client.Trends>,
    Answers<firstRun.TestReceiverWire, Client.TestReceiver>,
    Answers<notification.NotificationsWire, Client.Notifications>,
    Takes<Client.NotificationSettings, notification.NotificationSettingsWire>,
    Answers<status.DestinationTestWire, Client.DestinationTest>,
    Answers<status.SourceReadinessWire, Client.SourceReadiness>,
    Answers<status.SessionWire, Client.Session>,
    Answers<ChangeEventWire, Omit<Extract<Client.LiveEvent, { type: "change" }>, "type">>,
    Answers<publish.RecheckResponseWire, Client.RecheckResponse>,
    Answers<events.RuntimeEventAnswerWire, Client.EventAnswer>,
    Answers<events.RuntimeEventsResponseWire, Client.EventsResponse>,
    Answers<publish.UndonePostsWire, Client.UndonePosts>,
    Answers<bulk.BulkReviewWire, Client.BulkReview>,
    Answers<bulk.BulkReviewRowWire, Client.BulkReviewRow>,
    Answers<bulk.BulkOutcomesWire, Client.BulkOutcomes>,
    Answers<bulk.BulkOutcomeWire, Client.BulkOutcome>,
    Takes<Client.BulkDecision, bulk.BulkDecideWire>,
    Answers<savedView.SavedViewWire, Client.SavedView>,
    Answers<savedView.SavedViewListWire, Client.SavedViewList>,
    [Missing<savedView.SavedViewQueryWire, Client.SavedViewQuery>] extends [never] ? true : false,
    Answers<DeletedWire, Client.OkDeleted>,
    Takes<Client.BulkDelete, BulkDeleteWire>,
    Takes<Client.RuntimeEvent, events.RuntimeEventWire>,
    Takes<Client.TriageSummaryInput, TriageSummaryInputWire>,
    Answers<triageRun.TriageRunResponseWire, Client.TriageRunResponse>,
    Answers<triageRun.ReplayIncidentResponseWire, Client.ReplayResponse>,
    Answers<triageRun.TriageSummaryResponseWire, Client.TriageSummaryResponse>,
    Answers<triageRun.IssueDraftResponseWire, Client.IssueDraftResponse>,
    Answers<triageAgent.TriageRunDetailWire, Client.TriageRunDetail>,
    Answers<triageAgent.TriageArtifactWire, Client.TriageArtifact>,
    Answers<triageAgent.ClaimedTriageRunWire, Client.ClaimedTriageRun>,
    Answers<triageAgent.ChangedTriageRunWire, Client.ChangedTriageRun>,
    Takes<Client.Submission, report.SubmissionWire>,
    Takes<Client.IntakeReport, report.IntakeReportWire>,
    Takes<Client.CreateIntakeKey, intakeKey.CreateIntakeKeyWire>,
    Takes<Client.RotateIntakeKey, intakeKey.RotateIntakeKeyWire>,
    Answers<redaction.RedactionTestWire, Client.RedactionTest>,
    Answers<issueTemplate.IssueTemplatePreviewWire, Client.IssueTemplatePreview>,
    Takes<Client.IssueTemplatePreviewRequest, issueTemplate.IssueTemplatePreviewRequestWire>,
    Takes<Client.RoutePreviewRequest, preview.RoutePreviewRequestWire>,
    Takes<Client.Decision, draft.DecisionWire>,
    [Missing<config.ConfigPatchWire, Client.ConfigPatch>] extends [never] ? true : false,
    [Missing<draft.DraftListQuery, Client.DraftQuery>] extends [never] ? true : false,
    [Missing<incident.IncidentListQuery, Client.IncidentQuery>] extends [never] ? true : false,
    [Missing<post.PostListQuery, Client.PostQuery>] extends [never] ? true : false,
    [Missing<incident.OccurrencesQuery, Client.OccurrenceQuery>] extends [never] ? true : false,
    [Missing<intakeKey.IntakeKeyListQuery, Client.IntakeKeyQuery>] extends [never] ? true : false,
    [Missing<history.ConfigHistoryQuery, Client.ConfigHistoryQuery>] extends [never] ? true : false,
    Answers<history.ConfigRevisionWire, Client.ConfigRevision>,
    Answers<history.ConfigHistoryWire, Client.ConfigHistory>,
    Answers<config.ConfigChangeWire, Client.ConfigChange>,
    Answers<config.ConfigIssueWire, Client.ConfigIssue>,
    Answers<resource.ConfigDeleteResponseWire, Client.RemovedConfigRow>,
    Takes<Parameters<Client.IncidentMonitor["putDestination"]>[1], resource.DestinationPutWire>,
    Takes<Parameters<Client.IncidentMonitor["putRoute"]>[1], resource.RoutePutWire>,
    Takes<Parameters<Client.IncidentMonitor["putProject"]>[1], resource.ProjectPutWire>,
    Takes<Parameters<Client.IncidentMonitor["putLogSource"]>[2], resource.LogSourcePutWire>,
  ]
>;
