"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { MoreSettings } from "@/components/settings/more-settings";
import { NumberField } from "@/components/settings/number-field";
import type { LogReadingWire } from "@/lib/contracts/config";
import { readingSummary, withReading } from "./edit-reading";
import { LineFields } from "./line-fields";
import type { LogSourceFormProps } from "./log-source-form";

/** How the file is read: where to begin, how often, how much at once, and what of it is a failure. */
export function LogSourceReading(props: LogSourceFormProps) {
  const { source, onChange, errorAt } = props;
  const lines = { ...source.reading, expected_interval_seconds: undefined, max_line_bytes: undefined };
  return (
    <>
      <PaceFields {...props} />
      <MoreSettings title="Lines" summary={readingSummary(withReading(lines, {}))}>
        <LineFields
          reading={source.reading}
          errorAt={(field) => errorAt(`reading.${field}`)}
          onChange={(reading) => onChange({ ...source, reading })}
        />
      </MoreSettings>
    </>
  );
}

function PaceFields({ source, onChange, errorAt }: LogSourceFormProps) {
  const change = (part: Partial<LogReadingWire>) =>
    onChange({ ...source, reading: withReading(source.reading, part) });
  return (
    <MoreSettings
      title="Reading"
      summary={`every ${source.watch_interval_seconds} s, from the ${source.start_position}`}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceSelect
          label="Begin at"
          value={source.start_position}
          options={[
            { value: "end", label: "The end", help: "What is in the file already is left alone" },
            { value: "beginning", label: "The beginning", help: "Everything in the file is read once" },
          ]}
          onChange={(start_position) => onChange({ ...source, start_position })}
        />
        <NumberField
          label="Look every"
          unit="s"
          min={1}
          max={86_400}
          fallback={60}
          value={source.watch_interval_seconds}
          error={errorAt("watch_interval_seconds")}
          onChange={(value) => onChange({ ...source, watch_interval_seconds: value ?? 60 })}
        />
        <NumberField
          label="Read at most"
          note="(at once)"
          unit="bytes"
          min={1_024}
          max={10_485_760}
          fallback={262_144}
          value={source.max_bytes_per_poll}
          error={errorAt("max_bytes_per_poll")}
          onChange={(value) => onChange({ ...source, max_bytes_per_poll: value ?? 262_144 })}
        />
        <NumberField
          label="Candidates at most"
          note="(at once)"
          min={1}
          max={200}
          fallback={20}
          value={source.max_candidates_per_poll}
          error={errorAt("max_candidates_per_poll")}
          onChange={(value) => onChange({ ...source, max_candidates_per_poll: value ?? 20 })}
        />
        <NumberField
          label="Quiet after one"
          unit="s"
          help="The same failure drafts nothing new for this long. It is still counted."
          fallback={3_600}
          value={Math.round(source.fingerprint_cooldown_ms / 1_000)}
          error={errorAt("fingerprint_cooldown_ms")}
          onChange={(value) => onChange({ ...source, fingerprint_cooldown_ms: (value ?? 3_600) * 1_000 })}
        />
        <NumberField
          label="Silence alarm after"
          unit="s"
          min={1}
          help="At least one record is expected in this time. Empty: as the freshness limit, or no alarm."
          value={source.reading?.expected_interval_seconds}
          error={errorAt("reading.expected_interval_seconds")}
          onChange={(expected_interval_seconds) => change({ expected_interval_seconds })}
        />
        <NumberField
          label="Longest line"
          unit="bytes"
          min={1_024}
          max={1_048_576}
          fallback={262_144}
          help="A longer one is cut there and marked."
          value={source.reading?.max_line_bytes}
          error={errorAt("reading.max_line_bytes")}
          onChange={(max_line_bytes) => change({ max_line_bytes })}
        />
      </div>
    </MoreSettings>
  );
}
