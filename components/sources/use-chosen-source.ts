"use client";

import { chosenRow } from "@/components/settings/chosen-row";
import { useUrlSelection } from "@/components/settings/use-url-selection";
import type { MonitoredProjectWire } from "@/lib/contracts/config";

/** What the address names: a project, and one of its log sources. */
export type InitialSource = { project: string | null; source: string | null };

/** Names "reports without a project" in the address. No project id may be a star. */
const unassigned = "*";

/** The project and the log source that are open, kept in the address. Another project closes the log source. */
export function useChosenSource(projects: readonly MonitoredProjectWire[], initial: InitialSource) {
  const { selected, select } = useUrlSelection("project", initial.project);
  const { selected: openSource, select: selectSource } = useUrlSelection("source", initial.source);
  const { row, index, chosen } = chosenRow(projects, selected, (each) => each.project_id);
  const isUnassigned = selected === unassigned;
  function choose(id: string | null, unlisted = false) {
    selectSource(null);
    select(id, unlisted);
  }
  return {
    project: isUnassigned ? undefined : row,
    index,
    paneOpen: chosen || isUnassigned,
    openSource,
    selectSource,
    choose,
    chooseUnassigned: () => choose(unassigned),
    /** The same project under an id that is being typed, or that is saved by now. */
    rename: select,
  };
}
