"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { HintBar } from "@/components/layout/hint-bar";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { PageHeader } from "@/components/layout/page-header";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { api, incidentPath, sourcesPath } from "@/lib/paths";
import { ApiError } from "@/lib/queries/api-error";
import { useChoices } from "@/lib/queries/choices";
import { useGroupingPreview } from "@/lib/queries/incident-actions";
import { incidentQuery } from "@/lib/queries/incidents";
import { ApplyRule } from "./apply-rule";
import { type RuleDraft, requestOf, ruleDraftOf } from "./rule-draft";
import { RuleEffect } from "./rule-effect";
import { RuleForm } from "./rule-form";
import { RuleList } from "./rule-list";

type GroupingScreenProps = { incidentId: string | null; projectId: string | null };

/** The grouping lab: write a rule, see what it would merge or tell apart, apply it, take it back. */
export function GroupingScreen({ incidentId, projectId }: GroupingScreenProps) {
  const from = useQuery({ ...incidentQuery(incidentId ?? ""), enabled: incidentId !== null });
  const [edited, setEdited] = useState<RuleDraft | null>(null);
  const draft = edited ?? ruleDraftOf(from.data?.incident, projectId);
  const { projects } = useChoices();
  const waits = incidentId !== null && from.isPending;
  const request = useDeferredValue(waits ? null : requestOf(draft));
  const preview = useGroupingPreview(request);
  const invalid = preview.error instanceof ApiError && preview.error.status === 400 ? preview.error : null;
  const errorAt = (field: string) => messageOf(invalid, field);
  return (
    <>
      <PageHeader
        backHref={incidentId ? incidentPath(incidentId) : sourcesPath()}
        backLabel={incidentId ? "The incident" : "Sources"}
        crumbs={[{ label: "Settings" }, { label: "Sources", href: sourcesPath() }]}
        title="Grouping"
      />
      <PageBody className="flex flex-col gap-8">
        <p className="max-w-160 text-muted-foreground">
          Which sightings are the same failure is decided by their identity. A rule changes identities of one
          project. What it would do is shown on the incidents there are; nothing changes until it is applied,
          and it can be taken back.
        </p>
        <div className="grid gap-8 lg:grid-cols-2">
          <Section title="The rule">
            <RuleForm draft={draft} projects={projects} errorAt={errorAt} onChange={setEdited} />
          </Section>
          <Section title="What it would do">
            <div aria-live="polite" aria-busy={preview.isFetching}>
              {request === null ? (
                <p className="text-muted-foreground">Say what the rule does, and its effect stands here.</p>
              ) : invalid ? (
                <p className="font-medium">{invalid.problem.error}</p>
              ) : preview.isError ? (
                <QueryFailure
                  error={preview.error}
                  what="The effect"
                  onRetry={() => void preview.refetch()}
                  retrying={preview.isFetching}
                />
              ) : preview.data ? (
                <RuleEffect preview={preview.data} />
              ) : (
                <LoadingRows what="the effect" count={3} />
              )}
            </div>
            <ApplyRule request={preview.data ? request : null} />
          </Section>
        </div>
        <RuleList />
      </PageBody>
      <HintBar hints={[{ keys: ["?"], label: "all keys" }]}>
        <CopyApiCall
          path={request ? api.groupingPreview() : api.groupingRules()}
          body={request ?? undefined}
        />
      </HintBar>
    </>
  );
}

function messageOf(refusal: ApiError | null, field: string): string | undefined {
  return refusal?.problem.issues?.find((issue) => issue.path === field)?.message;
}
