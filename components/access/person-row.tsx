import { RelativeTime } from "@/components/layout/relative-time";
import { ListRow } from "@/components/settings/list-row";
import { StateLabel } from "@/components/state/state-label";
import { Avatar } from "@/components/ui/avatar";
import type { UserWire } from "@/lib/contracts/access";
import { useNames } from "@/lib/queries/names";
import { rolesWords } from "./access-words";

type PersonRowProps = { user: UserWire; isOwn: boolean; selected: boolean; onSelect: () => void };

/** Who, with which roles, and when they were last here. */
export function PersonRow({ user, isOwn, selected, onSelect }: PersonRowProps) {
  const name = useNames();
  const disabled = user.disabled_at_ms !== undefined;
  return (
    <ListRow selected={selected} onSelect={onSelect} dim={disabled}>
      <span className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3">
        <Avatar name={user.name} className="row-span-2" />
        <span className="truncate font-medium">
          {user.name}
          {isOwn ? <span className="font-normal text-muted-foreground"> (you)</span> : null}
        </span>
        <span className="justify-self-end text-12 text-muted-foreground">
          {disabled ? (
            <StateLabel state="disabled" />
          ) : user.last_seen_at_ms === undefined ? (
            "never signed in"
          ) : (
            <>
              seen <RelativeTime value={user.last_seen_at_ms} />
            </>
          )}
        </span>
        <span className="truncate text-12 text-muted-foreground max-sm:col-span-2" title={user.email}>
          {user.email}
        </span>
        {/* Long where there are several: on a phone it has a line of its own. */}
        <span className="text-12 max-sm:col-span-2 max-sm:col-start-2 sm:justify-self-end">
          {rolesWords(user, name)}
        </span>
      </span>
    </ListRow>
  );
}
