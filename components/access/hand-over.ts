/** How a link reaches its person: by mail where this host sends any, and by hand anyway. */
export const handOver = ({ mailed }: { mailed: boolean }, whoever: string): string =>
  mailed
    ? `It is on its way by mail too. If you hand it over, do it by a way you trust: ${whoever}`
    : `Hand it over by a way you trust: ${whoever}`;
