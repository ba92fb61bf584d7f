"use client";

import { ChoiceSelect } from "@/components/settings/choice-select";
import { messageAt } from "@/components/settings/issue-paths";
import { MoreSettings } from "@/components/settings/more-settings";
import { logFormats } from "@/components/settings/words";
import type { LogSourceWire } from "@/lib/contracts/config";
import { ApiError } from "@/lib/queries/api-error";
import { issuesOf } from "@/lib/queries/config";
import { readingSummary } from "./edit-reading";
import { FoundFields } from "./found-fields";
import { LineFields } from "./line-fields";
import { PreviewPane } from "./preview-pane";
import { PreviewSummary } from "./preview-summary";
import { StartPosition } from "./start-position";
import type { LivePreview } from "./use-log-preview";

type WizardReadingStepProps = {
  source: LogSourceWire;
  live: LivePreview;
  onChange: (source: LogSourceWire) => void;
};

/** How the file is read, beside what comes of it; the right side follows the left. */
export function WizardReadingStep({ source, live, onChange }: WizardReadingStepProps) {
  const { preview } = live;
  return (
    <>
      <PreviewSummary live={live} />
      <div className="relative grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] overflow-y-auto md:grid-cols-[320px_minmax(0,1fr)] md:overflow-hidden">
        <div className="relative flex flex-col gap-4 px-4 py-4 sm:px-5 md:overflow-y-auto md:border-r md:border-border">
          <ChoiceSelect
            label="From level"
            value={source.minimum_level}
            options={[
              { value: "error", label: "Errors", help: "Errors and worse" },
              { value: "warn", label: "Warnings", help: "Warnings, errors and worse" },
            ]}
            onChange={(minimum_level) => onChange({ ...source, minimum_level })}
          />
          <ChoiceSelect
            label="Format"
            value={source.format}
            options={logFormats}
            onChange={(format) => onChange({ ...source, format })}
          />
          <StartPosition
            value={source.start_position}
            fileSize={preview?.file_size}
            onChange={(start_position) => onChange({ ...source, start_position })}
          />
          {preview && preview.lines.length > 0 ? (
            <MoreSettings title="Found in the lines" open>
              <FoundFields fields={preview.found_fields} />
            </MoreSettings>
          ) : null}
          <MoreSettings title="Lines" summary={readingSummary(source.reading)}>
            <LineFields
              reading={source.reading}
              errorAt={(field) => readingError(live.error, field)}
              onChange={(reading) => onChange({ ...source, reading })}
            />
          </MoreSettings>
        </div>
        <section
          aria-label="As the watcher sees it"
          className="relative px-4 py-4 sm:px-5 md:overflow-y-auto"
        >
          <PreviewPane live={live} format={source.format} />
        </section>
      </div>
    </>
  );
}

/** A refusal that names a field of the reading belongs under it. */
function readingError(error: Error | null, field: string): string | undefined {
  return error instanceof ApiError ? messageAt(issuesOf(error)?.errors ?? [], `reading.${field}`) : undefined;
}
