"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { notify } from "@/components/layout/notify";
import { messageAt } from "@/components/settings/issue-paths";
import { TextField } from "@/components/settings/text-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogFootnote,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { Textarea } from "@/components/ui/textarea";
import { ApiError } from "@/lib/queries/api-error";
import { usePutScenarioPack } from "@/lib/queries/scenarios";
import { emptyScenario, faultsOf, formOfJson, type PackForm, packBody, scenariosMax } from "./pack-form";
import { ScenarioFields } from "./scenario-fields";

type PackDialogProps = { initial: PackForm; onClose: () => void; onSaved: (packId: string) => void };

/** Makes a pack, or changes one over the revision that was read: as a form, or as the JSON that it stands for. */
export function PackDialog({ initial, onClose, onSaved }: PackDialogProps) {
  const [form, setForm] = useState(initial);
  const [json, setJson] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const save = usePutScenarioPack();
  const read = json === null ? null : formOfJson(json, form);
  const jsonFault = read && "fault" in read ? read.fault : undefined;
  const faults = tried ? faultsOf(form) : {};
  const faultOfContent = Object.entries(faults).find(([path]) => path !== "pack_id")?.[1];
  const refusedAt = save.error instanceof ApiError ? String(save.error.problem?.field ?? "") : "";

  function errorAt(path: string): string | undefined {
    if (faults[path]) return faults[path];
    const said = refusedAt.replace(/^pack\./, "");
    return save.error && said === path ? (messageAt([], path) ?? save.error.message) : undefined;
  }
  function show(view: "form" | "json") {
    if (view === "json") setJson(JSON.stringify(packBody(form), null, 2));
    else if (read && "form" in read) {
      setForm(read.form);
      setJson(null);
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    const wanted = read && "form" in read ? read.form : form;
    if (jsonFault !== undefined || save.isPending) return;
    setForm(wanted);
    if (Object.keys(faultsOf(wanted)).length > 0) return;
    save.mutate(
      { pack_id: wanted.pack_id, pack: packBody(wanted), revision: wanted.revision },
      {
        onSuccess: ({ pack }) => {
          notify("approved", "The pack was saved", { description: `${pack.pack_id} ${pack.version}` });
          onSaved(pack.pack_id);
          onClose();
        },
      },
    );
  }
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent size="lg">
        <DialogHeader>
          <DialogTitle>{initial.revision === null ? "New pack" : `Edit ${initial.pack_id}`}</DialogTitle>
          <DialogDescription>
            Scenarios of your own, played as the built-in ones are. Nothing is sent while they are played.
          </DialogDescription>
        </DialogHeader>
        <form className="flex min-h-0 flex-1 flex-col" noValidate onSubmit={submit}>
          <DialogBody className="flex flex-col gap-5">
            {save.error ? (
              <Alert tone="failed" title="Not saved.">
                {save.error.message}
              </Alert>
            ) : null}
            <Segmented
              label="View"
              className="self-start"
              value={json === null ? "form" : "json"}
              onValueChange={show}
              options={[
                { value: "form", label: "Form", disabled: jsonFault !== undefined },
                { value: "json", label: "JSON" },
              ]}
            />
            <TextField
              label="Pack id"
              required
              mono
              readOnly={initial.revision !== null}
              insist={tried}
              value={form.pack_id}
              onChange={(pack_id) => setForm({ ...form, pack_id })}
              error={errorAt("pack_id")}
              maxLength={120}
            />
            {json === null ? (
              <PackFields form={form} errorAt={errorAt} insist={tried} onChange={setForm} />
            ) : (
              <Field label="Pack as JSON" error={jsonFault ?? faultOfContent} help="As the API takes it.">
                <Textarea
                  mono
                  value={json}
                  rows={16}
                  spellCheck={false}
                  onChange={(event) => setJson(event.target.value)}
                />
              </Field>
            )}
          </DialogBody>
          <DialogFooter>
            <DialogFootnote>Recorded with your name.</DialogFootnote>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="default" pending={save.isPending}>
              Save pack
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

type PackFieldsProps = {
  form: PackForm;
  errorAt: (path: string) => string | undefined;
  insist: boolean;
  onChange: (form: PackForm) => void;
};

function PackFields({ form, errorAt, insist, onChange }: PackFieldsProps) {
  const { scenarios } = form;
  const put = (rows: PackForm["scenarios"]) => onChange({ ...form, scenarios: rows });
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <TextField
          label="Version"
          required
          insist={insist}
          value={form.version}
          onChange={(version) => onChange({ ...form, version })}
          error={errorAt("version")}
          maxLength={40}
        />
        <TextField
          label="Description"
          value={form.description}
          onChange={(description) => onChange({ ...form, description })}
          error={errorAt("description")}
        />
      </div>
      {scenarios.map((scenario, at) => (
        <ScenarioCard
          key={scenario.key}
          name={scenario.scenario_id || `Scenario ${at + 1}`}
          startsOpen={scenarios.length === 1 || !scenario.scenario_id}
          scenario={scenario}
          errorAt={(field) => errorAt(`scenarios.${at}.${field}`)}
          onChange={(changed) => put(scenarios.map((each) => (each.key === scenario.key ? changed : each)))}
          onRemove={
            scenarios.length > 1
              ? () => put(scenarios.filter((each) => each.key !== scenario.key))
              : undefined
          }
        />
      ))}
      <Button
        size="sm"
        className="self-start touch:h-11"
        disabled={scenarios.length >= scenariosMax}
        onClick={() => put([...scenarios, emptyScenario()])}
      >
        <Plus aria-hidden />
        Add scenario
      </Button>
    </>
  );
}

type ScenarioCardProps = Parameters<typeof ScenarioFields>[0] & {
  name: string;
  startsOpen: boolean;
  onRemove?: () => void;
};

/** One scenario, folded away unless somebody opened it or something in it has to be put right. */
function ScenarioCard({ name, startsOpen, onRemove, ...fields }: ScenarioCardProps) {
  const [isOpen, setOpen] = useState(startsOpen);
  const isFaulty = fields.errorAt("scenario_id") !== undefined;
  return (
    <details
      open={isOpen || isFaulty}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="rounded-md border border-border"
    >
      <summary className="cursor-pointer px-3 py-2 font-[550] break-words">{name}</summary>
      <div className="flex flex-col gap-4 border-t border-border p-3">
        <ScenarioFields {...fields} />
        {onRemove ? (
          <Button variant="ghost" size="sm" className="self-start touch:h-11" onClick={onRemove}>
            Remove {name}
          </Button>
        ) : null}
      </div>
    </details>
  );
}
