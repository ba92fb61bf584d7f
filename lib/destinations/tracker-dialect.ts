import type { Destination, JsonObject } from "@/lib/domain/config";
import type { FoundIssue } from "@/lib/domain/found-issue";
import type { DeliveryEnvelope, PayloadSubject, RenderedPayload } from "@/lib/domain/payload";
import type { Reason } from "@/lib/domain/reason";
import type { IssueContent } from "./issue-body";
import type { IssueMarkers } from "./issue-markers";
import type { MarkedIssue } from "./issue-matches";
import type { MeaningValues, TrackerWords } from "./tracker-tools";

/** Where a row's issues go, and what is wrong with the row itself. */
export type TrackerTarget = {
  /** As people and receipts name it: `owner/repo`, `team/project`. */
  targetRef: string;
  serverName: string;
  /** Arguments that say the place. */
  place: MeaningValues;
  timeoutMs: number;
  problems: Reason[];
  /** Those that keep a payload from being rendered at all. */
  targetProblems: Reason[];
};

/** A sealed payload as it is read back. */
export type TrackerPayload = {
  title: string;
  body: string;
  commentBody: string;
  fingerprint: string;
  createdAtMs: number;
  /** What is filed besides: labels, assignees, priority. */
  filedWith: MeaningValues;
};

/** An issue as a tool told of it, with the markers that could be read of it. */
export type TrackerIssue = MarkedIssue;

export type TrackerComment = { commentId: string | null; commentUrl: string | null; markers: IssueMarkers };

/** One kind of issue tracker behind an MCP server: what it says and how its answers read. */
export type TrackerDialect = {
  kind: "github_issue" | "linear_issue";
  provider: "github" | "linear";
  words: TrackerWords;
  /** Issues asked for at once, and how many pages at most. */
  pageSize: number;
  pageCountMax: number;
  /** The list is read to its end for matches; otherwise only as far back as the delivery, and matches are searched for. */
  listsAll: boolean;
  target: (destination: Destination) => TrackerTarget;
  /** The issue and what is filed with it; the server and its tools are added to what is frozen. */
  content: (
    destination: Destination,
    subject: PayloadSubject,
  ) => { issue: IssueContent; filed: JsonObject; facts: string[] };
  /** The place as it is frozen: a payload for another one is not sent. */
  frozenPlace: (destination: Destination) => JsonObject;
  seal: (payload: Pick<RenderedPayload, "content">, envelope: DeliveryEnvelope) => string;
  readFiled: (sealed: JsonObject) => MeaningValues | null;
  /** "other" is an item that is none of this tracker's issues: a pull request, an issue of another place. */
  readIssue: (fields: Record<string, unknown>, target: TrackerTarget) => TrackerIssue | "other" | null;
  readComment: (fields: Record<string, unknown>) => TrackerComment | null;
  /** An issue that prose links to: what some servers answer after making one. */
  linkedIssue: (text: string, target: TrackerTarget) => FoundIssue | null;
  /** The words by which an issue with this fingerprint is searched for. */
  searchFor: (payload: TrackerPayload) => string;
  isExternalId: (id: string) => boolean;
};
