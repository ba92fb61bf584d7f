"use client";

import { useCallback, useEffect, useState } from "react";

type Selection = {
  selected: string | null;
  /** `unlisted`: a row that is not saved yet has no address. */
  select: (id: string | null, unlisted?: boolean) => void;
};

/** What is chosen, kept in the address so that it can be linked and Back closes it on a phone. */
export function useUrlSelection(name: string, initial: string | null): Selection {
  const [selected, setSelected] = useState(initial);

  useEffect(() => {
    const onBack = () => setSelected(new URL(location.href).searchParams.get(name));
    window.addEventListener("popstate", onBack);
    return () => window.removeEventListener("popstate", onBack);
  }, [name]);

  const select = useCallback(
    (id: string | null, unlisted = false) => {
      setSelected(id);
      if (unlisted) return;
      const url = new URL(location.href);
      const had = url.searchParams.has(name);
      if (id === null) url.searchParams.delete(name);
      else url.searchParams.set(name, id);
      if (url.href === location.href) return;
      if (had) window.history.replaceState(null, "", url);
      else window.history.pushState(null, "", url);
    },
    [name],
  );
  return { selected, select };
}
