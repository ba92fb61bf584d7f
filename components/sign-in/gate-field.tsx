import { fieldDots, poster } from "./field-dots";

const dots = fieldDots();
const passage = Array.from({ length: 9 }, (_, index) => 40 + index * 60);

/** The poster of the product: a field of reports, the gate, one in its gap and two that left. Decorative. */
export function GateField() {
  const { width, height, gateX, passageY } = poster;
  return (
    <aside aria-hidden className="relative overflow-hidden bg-background max-md:hidden">
      <svg
        className="size-full"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="xMidYMid slice"
        aria-hidden
        focusable="false"
      >
        <g fill="var(--foreground)">
          {dots.map((dot) => (
            <circle key={`${dot.x} ${dot.y}`} cx={dot.x} cy={dot.y} r={2} opacity={dot.opacity} />
          ))}
          {passage.map((x) => (
            <circle key={x} cx={x} cy={passageY} r={2} opacity={0.5} />
          ))}
        </g>
        <path
          d={`M${gateX} 0V${passageY - 10}M${gateX} ${passageY + 10}V${height}`}
          stroke="var(--gate)"
          strokeWidth={3}
          fill="none"
        />
        <g fill="var(--primary)">
          <circle cx={gateX} cy={passageY} r={5} />
          <circle cx={gateX + 90} cy={passageY} r={3} />
          <circle cx={gateX + 180} cy={passageY} r={3} />
        </g>
      </svg>
      <p className="absolute bottom-10 left-12 bg-background py-2 pr-3 text-16 font-medium">
        Nothing leaves until somebody
        <br />
        entitled to it says so.
      </p>
    </aside>
  );
}
