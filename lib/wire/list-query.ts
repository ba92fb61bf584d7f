import { readTime } from "@/lib/contracts/list-query";
import { clampLimit, type ListPage } from "@/lib/domain/page";

/** Severity words of a filter as the stored rank (contract 6.7). */
const severityRank = { critical: 5, high: 4, medium: 3, low: 2, info: 1 } as const;
type SeverityWord = keyof typeof severityRank;

export function pageFromQuery(query: { limit?: number; cursor?: string }): ListPage {
  return { limit: clampLimit(query.limit), cursor: query.cursor || undefined };
}

type RecordQuery = {
  q?: string;
  severity?: SeverityWord;
  risk?: SeverityWord;
  project?: string;
  source?: string;
  fingerprint?: string;
  since?: string;
  until?: string;
};

/** The filters that every list of records has; blank is as good as absent. */
export function recordFilterFromQuery(query: RecordQuery) {
  return {
    search: given(query.q),
    riskRank: query.severity && severityRank[query.severity],
    riskRankMin: query.risk && severityRank[query.risk],
    projectId: given(query.project),
    source: given(query.source),
    fingerprint: given(query.fingerprint),
    ...spanFromQuery(query),
  };
}

export function spanFromQuery(query: { since?: string; until?: string }) {
  return { sinceMs: timeOf(query.since), untilMs: timeOf(query.until) };
}

export const given = (text: string | undefined): string | undefined => text?.trim() || undefined;

export const flagOf = (text: "true" | "false" | undefined): boolean | undefined =>
  text === undefined ? undefined : text === "true";

const timeOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : (readTime(text) ?? undefined);
