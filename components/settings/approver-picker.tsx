"use client";

import { Plus, TriangleAlert, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Field, type FieldControl, type FieldProps } from "@/components/ui/field";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { usePeople } from "@/lib/queries/people";
import { approverTrouble, mayApprove, namedPeopleWords, personLabel } from "./approver-words";
import { keepFocus } from "./keep-focus";

type ApproverPickerProps = Pick<FieldProps, "label" | "error" | "className"> & {
  ids: readonly string[] | undefined;
  /** How many of them must approve. */
  count: number | undefined;
  onChange: (ids: string[]) => void;
};

const namedMax = 20;

/** Who may approve, by name. Nobody named: anybody who may approve there. */
export function ApproverPicker({ ids = [], count = 1, onChange, ...field }: ApproverPickerProps) {
  const people = usePeople();
  const named = ids.map((id) => {
    const person = people.find(id);
    const name = person && people.all ? personLabel(person, people.all) : id;
    return { id, name, trouble: approverTrouble(person, people.all !== undefined) };
  });
  const able = named.filter((each) => each.trouble === null).length;
  const tooFew = ids.length > 0 && able < count;
  const help =
    ids.length === 0
      ? "Anybody who may approve there. Named people still need that role."
      : `${count === 1 ? "One" : count} of these must approve, whatever other settings ask for besides.`;
  return (
    <Field {...field} help={help}>
      {(control) => (
        <div className="flex min-w-0 flex-col gap-1.5">
          {named.length > 0 && !people.all ? (
            // Ids say nothing to who may not see who has access.
            <p className="text-12">Approved by {namedPeopleWords(ids, count)}.</p>
          ) : null}
          {named.length > 0 && people.all ? (
            <ul aria-label="Named approvers" className="flex flex-wrap gap-1">
              {named.map(({ id, name, trouble }) => (
                <li
                  key={id}
                  className="inline-flex h-7 max-w-full min-w-0 items-center gap-1 rounded-sm border border-border-strong bg-background pl-2 text-12 font-medium has-[button:disabled]:pr-2 touch:h-11"
                >
                  {trouble ? <TriangleAlert aria-hidden className="size-3.5 text-state-waiting" /> : null}
                  <span className="truncate">{name}</span>
                  {trouble ? <span className="flex-none text-muted-foreground">{trouble}</span> : null}
                  <button
                    type="button"
                    aria-label={`Remove ${name}`}
                    onClick={({ currentTarget }) =>
                      keepFocus(currentTarget, () => onChange(ids.filter((other) => other !== id)))
                    }
                    className="grid size-6 flex-none place-items-center text-muted-foreground hover:text-foreground disabled:hidden touch:size-11"
                  >
                    <X aria-hidden className="size-3" />
                  </button>
                </li>
              ))}
            </ul>
          ) : null}
          {tooFew && people.all ? (
            <p role="status" className="text-12 text-destructive">
              {able === 0 ? "None of them can approve" : `Only ${able} of them can approve`}: nothing would
              ever open.
            </p>
          ) : null}
          <AddPerson control={control} ids={ids} onAdd={(id) => onChange([...ids, id])} />
        </div>
      )}
    </Field>
  );
}

type AddPersonProps = {
  control: FieldControl;
  ids: readonly string[];
  onAdd: (id: string) => void;
};

function AddPerson({ control, ids, onAdd }: AddPersonProps) {
  const { all } = usePeople();
  const [open, setOpen] = useState(false);
  const offered = (all ?? []).filter((each) => mayApprove(each) && !ids.includes(each.user_id));
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          {...control}
          role="combobox"
          aria-expanded={open}
          disabled={ids.length >= namedMax}
          className="w-full justify-start font-normal touch:h-11"
        >
          <Plus aria-hidden className="text-muted-foreground" />
          <span className="truncate text-muted-foreground">
            {ids.length === 0 ? "Anybody; name somebody…" : "Name somebody else…"}
          </span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-72 max-w-[calc(100vw-2rem)] p-0" aria-label="People">
        {open ? (
          <Command label="People who may approve">
            <CommandInput placeholder="Part of a name or address" />
            <CommandList label="People" className="max-h-60">
              <CommandEmpty>{all ? "Nobody else may approve." : "Reading who there is…"}</CommandEmpty>
              {offered.map((person) => (
                <CommandItem
                  key={person.user_id}
                  value={person.user_id}
                  keywords={[person.name, person.email]}
                  onSelect={() => {
                    onAdd(person.user_id);
                    setOpen(false);
                  }}
                >
                  <span className="flex min-w-0 flex-col">
                    <span className="truncate">{person.name}</span>
                    <span className="truncate text-12 text-muted-foreground">{person.email}</span>
                  </span>
                </CommandItem>
              ))}
            </CommandList>
          </Command>
        ) : null}
      </PopoverContent>
    </Popover>
  );
}
