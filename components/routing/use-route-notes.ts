"use client";

import { useQuery } from "@tanstack/react-query";
import type { LiveCheck } from "@/components/settings/use-config-check";
import type { ConfigDraft } from "@/components/settings/use-config-draft";
import { routeLintQuery } from "@/lib/queries/preview";
import type { routingKeys } from "./edit-routes";
import { deadLogSources, notesOfFindings, notesOfWarnings, type RouteNote } from "./route-notes";

/** What is to be said of the routes as they stand in the form: by the check while they are edited, by the lint otherwise. */
export function useRouteNotes(
  draft: ConfigDraft<(typeof routingKeys)[number]>,
  check: LiveCheck,
): readonly RouteNote[] {
  const saved = useQuery({ ...routeLintQuery(draft.base.updated_at_ms), enabled: !draft.dirty });
  const { routes } = draft.value;
  const said = draft.dirty
    ? notesOfWarnings(check.warnings, routes)
    : saved.data
      ? notesOfFindings(saved.data, routes)
      : [];
  return [...said, ...deadLogSources(routes, draft.base.monitored_projects)];
}
