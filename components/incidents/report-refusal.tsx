"use client";

import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { Alert } from "@/components/ui/alert";
import { qualityGateSchema } from "@/lib/contracts/record-values";
import { incidentPath } from "@/lib/paths";
import { ApiError } from "@/lib/queries/api-error";
import { GateList } from "./gate-list";

/** Why a report made no draft: check by check when the quality gate refused it, else what failed. */
export function ReportRefusal({ error }: { error: Error }) {
  const box = useRef<HTMLDivElement>(null);
  // The form may be scrolled to its end, where the button is.
  useEffect(() => {
    if (error) box.current?.scrollIntoView({ block: "nearest" });
  }, [error]);
  return <div ref={box}>{refusalOf(error)}</div>;
}

function refusalOf(error: Error): ReactNode {
  const problem = error instanceof ApiError ? error.problem : undefined;
  const gate = qualityGateSchema.safeParse(problem?.quality_gate);
  if (gate.success && !gate.data.passed) {
    const incidentId = blockedIncidentId(problem?.incident);
    return (
      <Alert tone="failed" title="Not enough for a draft yet.">
        {gate.data.passed_count} of {gate.data.total_count} checks passed. Your text is still here.
        <div className="my-2">
          <GateList gate={gate.data} />
        </div>
        {incidentId ? (
          <span className="text-12 text-muted-foreground">
            What you sent is kept as{" "}
            <Link href={incidentPath(incidentId)} target="_blank" rel="noopener" className="link">
              an incident without a draft<span className="sr-only"> (opens in a new tab)</span>
            </Link>
            .
          </span>
        ) : null}
      </Alert>
    );
  }
  return (
    <ErrorState
      what="The report was not accepted."
      why={problem ? `${problem.error}.` : "The answer could not be read."}
      next={[problem?.detail, "Your text is still here."].filter(Boolean).join(" ")}
      requestId={problem?.request_id}
    />
  );
}

function blockedIncidentId(incident: unknown): string | undefined {
  const id = (incident as { incident_id?: unknown } | null | undefined)?.incident_id;
  return typeof id === "string" ? id : undefined;
}
