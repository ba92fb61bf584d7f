import { RelativeTime } from "@/components/layout/relative-time";
import { logFormatWord } from "@/components/settings/words";
import { byteWords } from "./byte-words";
import { previewSentence } from "./preview-words";
import type { LivePreview } from "./use-log-preview";

/** What comes of the settings below, in one sentence that is said again whenever they change. */
export function PreviewSummary({ live: { preview, error } }: { live: LivePreview }) {
  const isUnread = !preview && !error;
  return (
    <div className="flex flex-none flex-wrap items-baseline gap-x-4 gap-y-0.5 border-b border-border bg-muted px-4 py-2.5 sm:px-5">
      <p role="status" className="mr-auto font-medium">
        {preview
          ? previewSentence(preview)
          : isUnread
            ? "Looking at the last lines…"
            : "No lines to look at."}
      </p>
      {preview ? (
        <p className="text-12 text-muted-foreground">
          {preview.detected_format ? `${logFormatWord[preview.detected_format]}, ` : ""}
          {byteWords(preview.file_size)}, written <RelativeTime value={preview.modified_at_ms} />
        </p>
      ) : null}
    </div>
  );
}
