"use client";

import { Fact, Facts } from "@/components/layout/facts";
import { RelativeTime } from "@/components/layout/relative-time";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { FieldSet } from "@/components/ui/field-set";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { ConfigFile, ImportMode } from "./config-file";
import type { SectionName, SettingsSection } from "./sections";

type ImportOptionsProps = {
  name: string;
  file: Extract<ConfigFile, { ok: true }>;
  /** What the file has. */
  sections: readonly SettingsSection[];
  names: readonly SectionName[];
  onNames: (names: SectionName[]) => void;
  mode: ImportMode;
  onMode: (mode: ImportMode) => void;
};

/** What the file is, which parts of it to take, and what becomes of rows that it does not have. */
export function ImportOptions(props: ImportOptionsProps) {
  const { name, file, sections, names, onNames, mode, onMode } = props;
  return (
    <>
      <Facts className="[--term:104px]">
        <Fact term="File">{name}</Fact>
        {file.exportedFrom ? <Fact term="Exported from">{file.exportedFrom}</Fact> : null}
        {file.exportedAt ? (
          <Fact term="Exported">
            <RelativeTime value={file.exportedAt} absent="at an unknown time" />
          </Fact>
        ) : null}
      </Facts>
      <div className="grid gap-5 sm:grid-cols-2">
        <FieldSet legend="What to import">
          {sections.map((section) => (
            <Choice key={section.name} label={section.title}>
              <Checkbox
                checked={names.includes(section.name)}
                onCheckedChange={(on) =>
                  onNames(
                    on === true ? [...names, section.name] : names.filter((other) => other !== section.name),
                  )
                }
              />
            </Choice>
          ))}
        </FieldSet>
        <FieldSet legend="Rows that are here already">
          <RadioGroup
            aria-label="Rows that are here already"
            value={mode}
            onValueChange={(next) => onMode(next === "replace" ? "replace" : "add")}
          >
            <Choice label="Add and update" help="Rows of the same id are replaced, all others stay.">
              <RadioGroupItem value="add" />
            </Choice>
            <Choice label="Replace" help="Rows that the file does not have are removed.">
              <RadioGroupItem value="replace" />
            </Choice>
          </RadioGroup>
        </FieldSet>
      </div>
    </>
  );
}
