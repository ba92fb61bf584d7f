"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { ChoiceSelect } from "@/components/settings/choice-select";
import { riskLevels } from "@/components/settings/words";
import { Button } from "@/components/ui/button";
import { FieldSet } from "@/components/ui/field-set";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { LogReadingWire } from "@/lib/contracts/config";

type RiskFieldsProps = {
  reading: LogReadingWire | undefined;
  onChange: (part: Partial<LogReadingWire>) => void;
  errorAt: (field: string) => string | undefined;
};

const unset = "*";
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** How serious what a line says is: by its level word, and between which bounds its own word counts. */
export function RiskFields({ reading, onChange, errorAt }: RiskFieldsProps) {
  const bound = (key: "minimum_risk_level" | "maximum_risk_level", label: string, none: string) => (
    <ChoiceSelect
      label={label}
      value={reading?.[key] ?? unset}
      options={[
        { value: unset, label: none },
        ...riskLevels.map((risk) => ({ value: risk, label: capital(risk) })),
      ]}
      error={errorAt(key)}
      onChange={(value) => onChange({ [key]: value === unset ? undefined : value })}
    />
  );
  return (
    <>
      <RiskByLevel
        levels={reading?.risk_by_level ?? {}}
        onChange={(risk_by_level) => onChange({ risk_by_level })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {bound("minimum_risk_level", "Risk at least", "No floor")}
        {bound("maximum_risk_level", "Risk at most", "No ceiling")}
      </div>
    </>
  );
}

type RiskByLevelProps = {
  levels: Record<string, string>;
  onChange: (levels: Record<string, string>) => void;
};

function RiskByLevel({ levels, onChange }: RiskByLevelProps) {
  const [word, setWord] = useState("");
  const level = word.trim().toLowerCase();
  function add() {
    if (level !== "" && levels[level] === undefined) onChange({ ...levels, [level]: "high" });
    setWord("");
  }
  return (
    <FieldSet
      legend="Risk by level"
      help="What a line says of its own risk comes first. Without either: errors medium, worse ones high, warnings low."
    >
      {Object.entries(levels).map(([each, risk]) => (
        <div key={each} className="grid grid-cols-[minmax(0,1fr)_128px_auto] items-center gap-x-2">
          <code className="truncate">{each}</code>
          <Select value={risk} onValueChange={(next) => onChange({ ...levels, [each]: next })}>
            <SelectTrigger size="sm" aria-label={`Risk of ${each}`} className="touch:h-11">
              <SelectValue>{capital(risk)}</SelectValue>
            </SelectTrigger>
            <SelectContent>
              {riskLevels.map((option) => (
                <SelectItem key={option} value={option}>
                  {capital(option)}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Forget ${each}`}
            onClick={() => {
              const { [each]: _, ...rest } = levels;
              onChange(rest);
            }}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div className="flex items-center gap-2">
        <Input
          mono
          aria-label="Level word"
          value={word}
          placeholder="alert"
          maxLength={40}
          autoComplete="off"
          boxClassName="w-44 flex-none"
          onChange={(event) => setWord(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button size="sm" className="touch:h-11" disabled={level === ""} onClick={add}>
          <Plus aria-hidden />
          Add level
        </Button>
      </div>
    </FieldSet>
  );
}
