import { cn } from "@/components/ui/cn";
import { crumbsOf, joinPath } from "./wizard-paths";

type FolderCrumbsProps = { root: string; base: string; folder: string; onOpen: (folder: string) => void };

/** The way from the topmost folder to this one; each step leads back to it. */
export function FolderCrumbs({ root, base, folder, onOpen }: FolderCrumbsProps) {
  const steps = [{ label: joinPath(root, base), path: base }, ...crumbsOf(base, folder)];
  return (
    <nav aria-label="Folder" className="font-mono text-12">
      <ol className="flex flex-wrap items-center gap-x-1 gap-y-0.5">
        {steps.map(({ label, path }, at) => {
          const here = at === steps.length - 1;
          return (
            <li key={path} className="flex min-w-0 items-center gap-1">
              {at > 0 ? (
                <span aria-hidden className="text-muted-foreground">
                  /
                </span>
              ) : null}
              <button
                type="button"
                aria-current={here ? "location" : undefined}
                disabled={here}
                onClick={() => onOpen(path)}
                className={cn(
                  "min-h-6 rounded-sm break-all text-left touch:min-h-11",
                  here ? "font-medium" : "link",
                )}
              >
                {label}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
