"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAnnounce } from "@/components/layout/announcer";
import { LoadingRows } from "@/components/layout/loading-rows";
import { notify } from "@/components/layout/notify";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogBody, DialogFooter, DialogFootnote } from "@/components/ui/dialog";
import type { ConfigWire } from "@/lib/contracts/config";
import { configPreviewQuery, usePatchConfig } from "@/lib/queries/config";
import { configApiCall } from "./api-call";
import { type ConfigFile, type ImportMode, importPatch } from "./config-file";
import type { ConfigKey } from "./config-section";
import { describeConfig } from "./describe-config";
import { countChanges, describeChanges } from "./described";
import { ImportFindings } from "./import-findings";
import { ImportOptions } from "./import-options";
import { isOldNews } from "./issue-paths";
import { SaveError } from "./save-error";
import { about } from "./save-remark";
import { type SectionName, sectionsOf } from "./sections";
import { plural } from "./words";

type ImportReviewProps = {
  name: string;
  file: Extract<ConfigFile, { ok: true }>;
  config: ConfigWire;
  onOther: () => void;
  onDone: () => void;
};

/** What the file would change here, what of it is unknown or missing here, and the import itself. */
export function ImportReview({ name, file, config, onOther, onDone }: ImportReviewProps) {
  const sections = sectionsOf(Object.keys(file.patch));
  const [names, setNames] = useState<SectionName[]>(sections.map((each) => each.name));
  const [mode, setMode] = useState<ImportMode>("add");
  const keys: ConfigKey[] = sections
    .filter((each) => names.includes(each.name))
    .flatMap((each) => [...each.keys]);
  const patch = importPatch(config, file.patch, keys, mode);
  const isEmpty = Object.keys(patch).length === 0;
  const request = { patch, expectedUpdatedAtMs: config.updated_at_ms };
  const preview = useQuery({ ...configPreviewQuery(request), enabled: !isEmpty });
  const save = usePatchConfig();
  const announce = useAnnounce();
  const found = isEmpty ? undefined : preview.data;
  const changes = found?.config ? describeChanges(describeConfig(config), describeConfig(found.config)) : [];
  const words = plural(countChanges(changes), "change");
  // What rows that stay as they are lack is no news of this file.
  const warnings = about(found?.warnings ?? [], patch).filter(
    (issue) => !isOldNews(issue.path, found?.config ?? patch, config),
  );

  function importNow() {
    save.mutate(request, {
      onSuccess: () => {
        announce(`Imported ${words}.`);
        notify("approved", `Imported ${words}`, { description: name });
        onDone();
      },
    });
  }

  return (
    <>
      <DialogBody className="flex flex-col gap-5" tabIndex={0} aria-label="What importing changes">
        <ImportOptions
          name={name}
          file={file}
          sections={sections}
          names={names}
          onNames={setNames}
          mode={mode}
          onMode={setMode}
        />
        {save.error ? <SaveError error={save.error} section={patch} /> : null}
        {preview.error && !isEmpty ? <SaveError error={preview.error} section={patch} /> : null}
        {preview.isFetching && !found ? <LoadingRows what="changes" count={3} /> : null}
        <ImportFindings
          changes={changes}
          words={words}
          nothing={isEmpty || (found?.config !== undefined && changes.length === 0)}
          errors={found?.errors ?? []}
          warnings={warnings}
          unknown={file.unknown}
          section={found?.config ?? patch}
        />
      </DialogBody>
      <DialogFooter>
        <DialogFootnote className="flex-wrap">
          Recorded with your name.
          <CopyButton
            look="button"
            variant="ghost"
            size="xs"
            value={configApiCall(location.origin, patch, config.updated_at_ms)}
            label="Copy as API call"
          />
        </DialogFootnote>
        <Button onClick={onOther}>Other file</Button>
        <Button
          variant="default"
          disabled={changes.length === 0}
          pending={save.isPending}
          onClick={importNow}
        >
          {changes.length === 0 ? "Import" : `Import ${words}`}
        </Button>
      </DialogFooter>
    </>
  );
}
