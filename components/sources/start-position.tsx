"use client";

import { Choice } from "@/components/ui/choice";
import { FieldSet } from "@/components/ui/field-set";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import type { LogSourceWire } from "@/lib/contracts/config";
import { byteWords, offsetWords } from "./byte-words";

type StartPositionProps = {
  value: LogSourceWire["start_position"];
  /** Of the file now; undefined while it is not known. */
  fileSize: number | undefined;
  onChange: (value: LogSourceWire["start_position"]) => void;
};

/** Where reading begins, with what that means for the file as it is now. */
export function StartPosition({ value, fileSize, onChange }: StartPositionProps) {
  const known = fileSize !== undefined && fileSize > 0;
  return (
    <FieldSet legend="Begin at">
      <RadioGroup
        value={value}
        aria-label="Begin at"
        onValueChange={(next) => onChange(next as LogSourceWire["start_position"])}
      >
        <Choice
          label="The end"
          help={
            known
              ? `The ${byteWords(fileSize)} that are in it are left alone; reading begins at byte ${offsetWords(fileSize)}.`
              : "What is in the file already is left alone."
          }
        >
          <RadioGroupItem value="end" />
        </Choice>
        <Choice
          label="The beginning"
          help={
            known
              ? `All ${byteWords(fileSize)} are read once, and every failure in them is counted.`
              : "Everything in the file is read once."
          }
        >
          <RadioGroupItem value="beginning" />
        </Choice>
      </RadioGroup>
    </FieldSet>
  );
}
