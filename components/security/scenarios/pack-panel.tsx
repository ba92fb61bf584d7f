"use client";

import { Play } from "lucide-react";
import { useState } from "react";
import { Section } from "@/components/layout/section";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { plural } from "@/components/settings/words";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import type { ListedScenarioPackWire } from "@/lib/contracts/scenario";
import { useRunScenarioPack } from "@/lib/queries/scenarios";
import { usePermission } from "@/lib/queries/session";
import { categoryWord, packWords } from "./scenario-words";

type PackPanelProps = {
  packs: readonly ListedScenarioPackWire[];
  pack: ListedScenarioPackWire;
  onChoose: (packId: string) => void;
  onRan: (runId: string) => void;
  onEdit: () => void;
  onCopy: () => void;
  onDelete: () => void;
};

/** One pack, which of its scenarios to play, and playing them. */
export function PackPanel({ packs, pack, onChoose, onRan, onEdit, onCopy, onDelete }: PackPanelProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const run = useRunScenarioPack();
  const everywhere = usePermission("configure");
  // It concerns every project: an admin of some only may look at it and copy it.
  const isRefused = pack.origin === "builtin" && everywhere.known && !everywhere.allowed;
  const chosen = pack.scenarios.filter((each) => !left.has(each.scenario_id));
  const all = chosen.length === pack.scenarios.length;

  function toggle(id: string, on: boolean) {
    const next = new Set(left);
    if (on) next.delete(id);
    else next.add(id);
    setLeft(next);
  }
  function play() {
    run.mutate(
      {
        ...(pack.origin === "stored" && { pack_id: pack.pack_id }),
        ...(!all && { scenario_ids: chosen.map((each) => each.scenario_id) }),
      },
      { onSuccess: (done) => onRan(done.pack.run_id) },
    );
  }
  return (
    <Section title="Pack" count={plural(pack.scenarios.length, "scenario")}>
      <ChoiceSelect
        label="Which pack"
        className="max-w-120"
        value={pack.pack_id}
        onChange={(id) => {
          setLeft(new Set());
          run.reset();
          onChoose(id);
        }}
        options={packs.map((each) => ({
          value: each.pack_id,
          label: `${packWords(each)}, ${each.version}`,
          help: each.description || (each.origin === "stored" ? "Of your own" : undefined),
        }))}
      />
      <fieldset className="mt-1 min-w-0" disabled={run.isPending}>
        <legend className="sr-only">Scenarios to run</legend>
        <ul className="grid gap-x-6 lg:grid-cols-2">
          {pack.scenarios.map((each) => (
            <li key={each.scenario_id} className="border-t border-border py-2">
              <Choice label={categoryWord(each.category)} help={each.description || each.scenario_id}>
                <Checkbox
                  checked={!left.has(each.scenario_id)}
                  onCheckedChange={(on) => toggle(each.scenario_id, on === true)}
                />
              </Choice>
            </li>
          ))}
        </ul>
      </fieldset>
      {run.error ? (
        <Alert tone="failed" title="The run did not begin.">
          {run.error.message}
        </Alert>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          variant="default"
          className="touch:h-11"
          pending={run.isPending}
          disabled={chosen.length === 0 || isRefused}
          onClick={play}
        >
          <Play aria-hidden />
          {run.isPending ? "Running…" : `Run ${plural(chosen.length, "scenario")}`}
        </Button>
        {pack.origin === "stored" ? (
          <>
            <Button className="touch:h-11" onClick={onEdit}>
              Edit pack
            </Button>
            <Button variant="ghost" className="touch:h-11" onClick={onDelete}>
              Delete…
            </Button>
          </>
        ) : null}
        <Button variant="ghost" className="touch:h-11" onClick={onCopy}>
          Copy to a new pack
        </Button>
        <span role="status" className="text-12 text-muted-foreground">
          {run.isPending
            ? "Each scenario goes through intake, routing and approval. This takes some seconds."
            : isRefused
              ? "Playing this pack concerns every project and needs an admin of all of them. Copy it to a pack of your project."
              : chosen.length === 0
                ? "Choose a scenario to run."
                : ""}
        </span>
      </div>
    </Section>
  );
}
