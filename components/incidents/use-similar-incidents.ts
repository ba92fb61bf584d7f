"use client";

import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useSettled } from "@/components/layout/use-settled";
import type { IncidentWire } from "@/lib/contracts/incident";
import { similarIncidentsQuery } from "@/lib/queries/incidents";
import { similarSearches } from "./similar-searches";

const shownMax = 4;

/** Incidents that may be the same, looked up a moment after the last key. The last answer stands until the next is whole. */
export function useSimilarIncidents(title: string): readonly IncidentWire[] {
  const settled = useSettled(title);
  const [held, setHeld] = useState<{ ids: string; incidents: readonly IncidentWire[] }>({
    ids: "",
    incidents: [],
  });
  const answers = useQueries({ queries: similarSearches(settled).map(similarIncidentsQuery) });
  if (answers.some((answer) => answer.isPending)) return held.incidents;
  const byId = new Map<string, IncidentWire>();
  for (const answer of answers) {
    for (const incident of answer.data?.incidents ?? []) byId.set(incident.incident_id, incident);
  }
  const incidents = [...byId.values()].slice(0, shownMax);
  const ids = incidents.map((incident) => incident.incident_id).join(" ");
  if (ids !== held.ids) setHeld({ ids, incidents });
  return incidents;
}
