"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { ConfigPatchWire, ConfigWire } from "@/lib/contracts/config";
import {
  type ConfigEdit,
  type ConfigKey,
  type ConfigSection,
  changedKeys,
  patchOf,
  pickSection,
  rebaseEdit,
} from "./config-section";

export type ConfigDraft<K extends ConfigKey> = {
  /** What the form shows: the saved values with this person's changes. */
  value: ConfigSection<K>;
  /** The saved configuration the changes are made to. */
  base: ConfigWire;
  dirty: boolean;
  patch: ConfigPatchWire;
  update: (change: (section: ConfigSection<K>) => Partial<ConfigSection<K>>) => void;
  /** Answers with the way back. */
  discard: () => () => void;
  /** Somebody else saved the same keys meanwhile: theirs. */
  theirs: ConfigWire | null;
  /** Puts the changes on top of theirs. */
  keepMine: () => void;
};

/**
 * One page's unsaved changes. They live in the tab's query client, so that going to another screen and back loses
 * nothing; a reload does, and is asked about by UnsavedGuard.
 */
export function useConfigDraft<K extends ConfigKey>(
  name: string,
  keys: readonly K[],
  current: ConfigWire,
): ConfigDraft<K> {
  const client = useQueryClient();
  const storeKey = useMemo(() => ["settings-draft", name], [name]);
  const [stored, setStored] = useState(() => client.getQueryData<ConfigEdit<K> | null>(storeKey) ?? null);

  function store(edit: ConfigEdit<K> | null) {
    client.setQueryDefaults(storeKey, { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData(storeKey, edit);
    setStored(edit);
  }

  const { edit, conflict } = useMemo(() => {
    const given = stored ?? { base: current, section: pickSection(current, keys) };
    return changedKeys(given).length === 0
      ? { edit: { base: current, section: pickSection(current, keys) }, conflict: false }
      : rebaseEdit(given, current);
  }, [stored, current, keys]);
  const patch = useMemo(() => patchOf(edit), [edit]);

  return {
    value: edit.section,
    base: edit.base,
    dirty: Object.keys(patch).length > 0,
    patch,
    update: (change) => store({ ...edit, section: { ...edit.section, ...change(edit.section) } }),
    discard: () => {
      store(null);
      return () => store(edit);
    },
    theirs: conflict ? current : null,
    keepMine: () => store({ base: current, section: { ...pickSection(current, keys), ...ownPart(edit) } }),
  };
}

function ownPart<K extends ConfigKey>(edit: ConfigEdit<K>): Partial<ConfigSection<K>> {
  return pickSection(edit.section as ConfigWire, changedKeys(edit));
}
