import type { Reason } from "./reason";

/** What people are told of outside the panel. */
export const noticeKinds = ["approvals", "failures", "break_glass"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export type NotificationChannel = "email" | "webhook";
/** due -> sending -> sent | due (later again) | failed */
export type NotificationState = "due" | "sending" | "sent" | "failed";

export type NotificationSettings = {
  enabled: boolean;
  kinds: NoticeKind[];
  riskRankMin: number;
  /** A recipient gets at most one message in this time. */
  intervalMinutes: number;
  webhookDestinationId: string | null;
  version: number;
  updatedAtMs: number;
};
export type NotificationPreference = { email: boolean; kinds: NoticeKind[]; riskRankMin: number };

export const preferenceDefaults: NotificationPreference = {
  email: true,
  kinds: [...noticeKinds],
  riskRankMin: 0,
};

/** One thing that came to need somebody and still does. */
export type OpenNotice = {
  sequence: number;
  kind: NoticeKind;
  /** A draft's id, a post's for a failed delivery. */
  subjectId: string;
  draftId: string;
  projectId: string | null;
  riskLevel: string | null;
  riskRank: number;
  createdAtMs: number;
  /** Of an approval for which settings name people: them alone. Absent or null: anybody who may decide. */
  askedOf?: ReadonlySet<string> | null;
};

/** Items with a link; the rest are a number. */
export const itemsMax = 10;
export const linkLifeMs = 72 * 3_600_000;

export type MessageItem = {
  kind: NoticeKind;
  id: string;
  draftId: string;
  projectId: string | null;
  riskLevel: string | null;
  sinceMs: number;
  linkId: string | null;
};
export type MessageContent = {
  counts: Record<NoticeKind, number>;
  highRisk: number;
  items: MessageItem[];
};

export type Recipient = {
  key: string;
  /** null: nobody in person, as a webhook's. */
  userId: string | null;
  /** null: all. */
  projects: readonly string[] | null;
  kinds: readonly NoticeKind[];
  riskRankMin: number;
  toldUntil: number;
  lastMessageAtMs: number | null;
};

export type MessageDecision =
  | { send: false; because: "nothing_new" | "nothing_wanted" | "too_soon"; toldUntil: number }
  | { send: true; toldUntil: number; notices: OpenNotice[] };

/**
 * Is a recipient told now, and of what? `open` holds what still needs somebody, in any order; `newest` is the last notice
 * there is. Too soon after the last message nothing moves: what comes meanwhile waits for the next one.
 */
export function decideMessage(
  recipient: Recipient,
  open: readonly OpenNotice[],
  { newest, intervalMinutes, nowMs }: { newest: number; intervalMinutes: number; nowMs: number },
): MessageDecision {
  const { toldUntil, lastMessageAtMs } = recipient;
  if (newest <= toldUntil) return { send: false, because: "nothing_new", toldUntil };
  const notices = open.filter((notice) => notice.sequence > toldUntil && isWanted(recipient, notice));
  if (notices.length === 0) return { send: false, because: "nothing_wanted", toldUntil: newest };
  if (lastMessageAtMs !== null && nowMs - lastMessageAtMs < intervalMinutes * 60_000)
    return { send: false, because: "too_soon", toldUntil };
  return { send: true, toldUntil: newest, notices: worstFirst(oncePerSubject(notices)) };
}

function isWanted(recipient: Recipient, notice: OpenNotice): boolean {
  const { projects, kinds, riskRankMin, userId } = recipient;
  if (!kinds.includes(notice.kind)) return false;
  if (projects !== null && (notice.projectId === null || !projects.includes(notice.projectId))) return false;
  if (notice.askedOf && userId !== null && !notice.askedOf.has(userId)) return false;
  // A break-glass is told of whatever the risk: it went around a decision.
  return notice.kind === "break_glass" || notice.riskRank >= riskRankMin;
}

function oncePerSubject(notices: readonly OpenNotice[]): OpenNotice[] {
  return [...new Map(notices.map((notice) => [`${notice.kind} ${notice.subjectId}`, notice])).values()];
}

const kindRank: Record<NoticeKind, number> = { break_glass: 2, approvals: 1, failures: 0 };

function worstFirst(notices: readonly OpenNotice[]): OpenNotice[] {
  return notices.toSorted(
    (one, other) =>
      other.riskRank - one.riskRank ||
      kindRank[other.kind] - kindRank[one.kind] ||
      other.createdAtMs - one.createdAtMs ||
      other.sequence - one.sequence,
  );
}

/** From high on (D-08). */
const highRank = 4;

export function messageOf(notices: readonly OpenNotice[]): MessageContent {
  const of = (kind: NoticeKind) => notices.filter((notice) => notice.kind === kind).length;
  return {
    counts: { approvals: of("approvals"), failures: of("failures"), break_glass: of("break_glass") },
    highRisk: notices.filter((notice) => notice.riskRank >= highRank).length,
    items: notices.slice(0, itemsMax).map((notice) => ({
      kind: notice.kind,
      id: notice.subjectId,
      draftId: notice.draftId,
      projectId: notice.projectId,
      riskLevel: notice.riskLevel,
      sinceMs: notice.createdAtMs,
      linkId: null,
    })),
  };
}

/** One message as a mail server gets it. */
export type Mail = { messageId: string; to: string; subject: string; text: string };

/** What came of a message; a value, never a throw. `retryable` may have arrived: a second one carries the same id. */
export type SendOutcome =
  | { outcome: "sent" }
  | { outcome: "retryable"; reason: Reason; retryAfterMs?: number }
  | { outcome: "rejected"; reason: Reason };
export type Mailer = { send: (mail: Mail) => Promise<SendOutcome>; host: string };

const delaysMs = [30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000];
/** About seven hours: what is told later than that is no notice any more. */
export const attemptsMax = delaysMs.length + 1;

/** After `attempts` of them, the last with this outcome. */
export function afterSending(
  outcome: SendOutcome,
  attempts: number,
): { state: "sent" | "failed" } | { state: "due"; delayMs: number } {
  if (outcome.outcome === "sent") return { state: "sent" };
  const delayMs = delaysMs[attempts - 1];
  if (outcome.outcome === "rejected" || delayMs === undefined) return { state: "failed" };
  return { state: "due", delayMs: Math.max(delayMs, Math.min(outcome.retryAfterMs ?? 0, 3_600_000)) };
}

export type LinkVerdict =
  | { ok: true }
  | { ok: false; code: "link_unknown" | "link_used" | "link_expired" | "link_of_another" };

/** May this person open it now? Whether they may decide on the draft is authorized besides. */
export function judgeLink(
  link: { userId: string | null; usedAtMs: number | null; expiresAtMs: number } | null,
  userId: string,
  nowMs: number,
): LinkVerdict {
  if (!link) return { ok: false, code: "link_unknown" };
  if (link.userId !== null && link.userId !== userId) return { ok: false, code: "link_of_another" };
  if (link.usedAtMs !== null) return { ok: false, code: "link_used" };
  if (nowMs >= link.expiresAtMs) return { ok: false, code: "link_expired" };
  return { ok: true };
}
