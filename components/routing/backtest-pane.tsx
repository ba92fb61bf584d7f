"use client";

import { useState } from "react";
import { ErrorState } from "@/components/layout/error-state";
import { PaneHeader } from "@/components/settings/pane-header";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import type { ConfigPatchWire, RouteWire } from "@/lib/contracts/config";
import { ApiError } from "@/lib/queries/api-error";
import { useBacktest } from "@/lib/queries/backtest";
import { BacktestProgress } from "./backtest-progress";
import { BacktestResult } from "./backtest-result";

type BacktestPaneProps = {
  /** The unsaved change of the routes; empty without one. */
  patch: ConfigPatchWire;
  ordered: readonly RouteWire[];
  onBack: () => void;
};

const spans = ["1", "7", "30"] as const;
type Days = (typeof spans)[number];

/** What would this change have done? The incidents of the last days, decided again by the routes in the form. */
export function BacktestPane({ patch, ordered, onBack }: BacktestPaneProps) {
  const [days, setDays] = useState<Days>("7");
  const backtest = useBacktest();
  const { routes, default_destination_ids } = patch;
  const config = {
    ...(routes && { routes }),
    ...(default_destination_ids && { default_destination_ids }),
  };
  const asked = JSON.stringify(config);
  const [of, setOf] = useState(asked);
  const changed = asked !== "{}";

  return (
    <div className="flex flex-col gap-4">
      <PaneHeader
        title="What would this change have done?"
        backLabel="Back to routes"
        onBack={onBack}
        meta={
          changed
            ? "Past incidents, decided again by the routes as they stand here, unsaved. Nothing is sent."
            : "Nothing is unsaved: this decides past incidents by the saved routes twice."
        }
      />
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Days"
          value={days}
          onValueChange={setDays}
          options={spans.map((value) => ({ value, label: value === "1" ? "1 day" : `${value} days` }))}
        />
        {backtest.isPending ? (
          <Button className="touch:h-11" onClick={() => backtest.cancel()}>
            Cancel
          </Button>
        ) : (
          <Button
            className="touch:h-11"
            onClick={() => {
              setOf(asked);
              backtest.mutate({ days: Number(days), ...(changed && { config }) });
            }}
          >
            Run
          </Button>
        )}
      </div>
      {backtest.isPending ? <BacktestProgress progress={backtest.progress} /> : null}
      {backtest.error ? <BacktestError error={backtest.error} /> : null}
      {backtest.data && !backtest.isPending ? (
        <>
          {of !== asked ? (
            <p className="text-12 text-muted-foreground">You have changed the routes since. Run it again.</p>
          ) : null}
          <BacktestResult result={backtest.data} ordered={ordered} />
        </>
      ) : null}
    </div>
  );
}

/** Cancelling is no fault; anything else is said as what it is. */
function BacktestError({ error }: { error: Error }) {
  if (error.name === "AbortError") {
    return (
      <p role="status" className="text-12 text-muted-foreground">
        Cancelled. Nothing was changed.
      </p>
    );
  }
  const problem = error instanceof ApiError ? error.problem : null;
  return (
    <ErrorState
      what="The backtest was not finished."
      why={problem ? `${problem.error}.` : "Something went wrong in this page."}
      requestId={problem?.request_id}
    />
  );
}
