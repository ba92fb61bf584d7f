/** The dotted line a slip is torn along. */
export function Perforation() {
  return (
    <svg width="100%" height="6" aria-hidden className="block flex-none">
      <line
        x1="0"
        x2="100%"
        y1="3"
        y2="3"
        stroke="var(--border-strong)"
        strokeWidth="2"
        strokeDasharray="2 4"
      />
    </svg>
  );
}
