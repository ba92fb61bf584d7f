import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { patchConfig } from "@/lib/actions/settings";
import { type ConfigPatchWire, type ConfigWire, configIssueSchema } from "@/lib/contracts/config";
import { ApiError, actionData } from "./api-error";
import { keys } from "./keys";
import { namesOf } from "./names";

export { configQuery } from "./config-query";

export type ConfigSave = { patch: ConfigPatchWire; expectedUpdatedAtMs: number };

/** Saves one page's keys over the version it was edited from; 409 when somebody else was faster. */
export function usePatchConfig() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ patch, expectedUpdatedAtMs }: ConfigSave) =>
      actionData(patchConfig({ incident_monitor: patch, expected_updated_at_ms: expectedUpdatedAtMs })),
    onSuccess: async ({ incident_monitor }) => {
      await client.cancelQueries({ queryKey: keys.config });
      client.setQueryData(keys.config, incident_monitor);
      client.setQueryData(keys.configNames, namesOf(incident_monitor));
      void client.invalidateQueries({ queryKey: keys.status });
      void client.invalidateQueries({ queryKey: ["preview"] });
      void client.invalidateQueries({ queryKey: keys.overview });
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 409) {
        void client.invalidateQueries({ queryKey: keys.config });
      }
    },
  });
}

export type ConfigIssue = z.infer<typeof configIssueSchema>;
export type ConfigCheck = { errors: ConfigIssue[]; warnings: ConfigIssue[] };

/** What saving this would find, without saving. A refusal for other reasons than the content stays an error. */
export function configCheckQuery({ patch, expectedUpdatedAtMs }: ConfigSave) {
  return queryOptions({
    queryKey: ["config-check", expectedUpdatedAtMs, patch] as const,
    queryFn: async (): Promise<ConfigCheck> => {
      try {
        const request = {
          incident_monitor: patch,
          expected_updated_at_ms: expectedUpdatedAtMs,
          dry_run: true,
        };
        const { warnings } = await actionData(patchConfig(request));
        return { errors: [], warnings };
      } catch (error) {
        const found = error instanceof ApiError ? issuesOf(error) : null;
        if (!found) throw error;
        return found;
      }
    },
    gcTime: 10_000,
    staleTime: 30_000,
    retry: false,
  });
}

export type ConfigPreview = ConfigCheck & {
  /** What would be saved; absent when it would be refused. */
  config?: ConfigWire;
};

/** As `configCheckQuery`, with the configuration that would come of it. Writes nothing. */
export function configPreviewQuery({ patch, expectedUpdatedAtMs }: ConfigSave) {
  return queryOptions({
    queryKey: ["config-preview", expectedUpdatedAtMs, patch] as const,
    queryFn: async (): Promise<ConfigPreview> => {
      const request = {
        incident_monitor: patch,
        expected_updated_at_ms: expectedUpdatedAtMs,
        dry_run: true,
      };
      try {
        const { incident_monitor, warnings } = await actionData(patchConfig(request));
        return { errors: [], warnings, config: incident_monitor };
      } catch (error) {
        const found = error instanceof ApiError ? issuesOf(error) : null;
        if (!found) throw error;
        return found;
      }
    },
    gcTime: 10_000,
    retry: false,
  });
}

const issuesSchema = z.array(configIssueSchema);

/** The field by field reasons of a refused configuration; null when the refusal is about something else. */
export function issuesOf(error: ApiError): ConfigCheck | null {
  if (error.status !== 400 && error.status !== 422) return null;
  const errors = issuesSchema.safeParse(error.problem.issues);
  if (!errors.success || errors.data.length === 0) {
    const { field, code, error: message } = error.problem;
    return field ? { errors: [{ path: field, code, message }], warnings: [] } : null;
  }
  const warnings = issuesSchema.safeParse(error.problem.warnings);
  return { errors: errors.data, warnings: warnings.success ? warnings.data : [] };
}
