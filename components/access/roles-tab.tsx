"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { CopyApiCall } from "@/components/layout/copy-api-call";
import { LoadingRows } from "@/components/layout/loading-rows";
import { PageBody } from "@/components/layout/page-body";
import { QueryFailure } from "@/components/layout/query-failure";
import { Section } from "@/components/layout/section";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { PermissionWord } from "@/lib/contracts/access";
import { api } from "@/lib/paths";
import { rolesQuery } from "@/lib/queries/access";
import { kindWord, permissionWord, roleWord } from "./access-words";

/** What each role and each kind of token may do, as the server decides it. */
export function RolesTab() {
  const table = useQuery(rolesQuery());
  if (!table.data) {
    return table.isPending ? (
      <LoadingRows what="roles" shape="table" className="p-6" />
    ) : (
      <QueryFailure
        error={table.error}
        what="The roles"
        onRetry={() => table.refetch()}
        retrying={table.isFetching}
      />
    );
  }
  const { permissions, roles, token_kinds } = table.data;
  const held = permissions.filter((permission) =>
    roles.some((each) => each.permissions.includes(permission)),
  );
  const everyKind = permissions.filter((permission) =>
    token_kinds.some((each) => each.permissions.some((one) => one === permission)),
  );
  return (
    <PageBody className="flex flex-col gap-6">
      <div className="flex max-w-220 flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <p className="max-w-160 min-w-0 flex-1 basis-60 text-muted-foreground">
          This is the table that decides, for screens and the API alike. A role on a project holds for that
          project’s records only; people and tokens belong to no project.
        </p>
        <CopyApiCall path={api.roles()} />
      </div>
      <Section title="Roles of people">
        <Grid
          label="What each role may do"
          permissions={held}
          columns={roles.map(({ role, permissions: may }) => ({ id: role, name: roleWord(role), may }))}
        />
      </Section>
      <Section title="Kinds of token">
        <Grid
          label="What each kind of token may do"
          permissions={everyKind}
          columns={token_kinds.map(({ kind, permissions: may }) => ({ id: kind, name: kindWord(kind), may }))}
        />
      </Section>
    </PageBody>
  );
}

type GridProps = {
  label: string;
  permissions: readonly PermissionWord[];
  columns: readonly { id: string; name: string; may: readonly PermissionWord[] }[];
};

function Grid({ label, permissions, columns }: GridProps) {
  return (
    <div className="max-w-220">
      <Table scrollLabel={label}>
        <TableHeader>
          <TableRow>
            <TableHead>May</TableHead>
            {columns.map(({ id, name }) => (
              <TableHead key={id} className="px-1.5 text-center">
                {name}
              </TableHead>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {permissions.map((permission) => (
            <TableRow key={permission}>
              <TableCell className="py-1.5 leading-4">{permissionWord[permission]}</TableCell>
              {columns.map(({ id, may }) => (
                <TableCell key={id} className="px-1.5 text-center">
                  {may.includes(permission) ? (
                    <>
                      <Check aria-hidden className="mx-auto size-4" />
                      <span className="sr-only">yes</span>
                    </>
                  ) : (
                    <span className="text-muted-foreground">
                      <span aria-hidden>–</span>
                      <span className="sr-only">no</span>
                    </span>
                  )}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
