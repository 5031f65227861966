// A chart of columns, one for each day or month, drawn on the server. It shows at a glance what a table beside it tells in
// figures; everything in it is text, shape or an attribute, so no style stands in the page.
import { cents, type Cents } from '../../domain/money.ts'
import { money } from './format.ts'

/** A part of a column: the class that colours it, and how much it is. */
export interface ChartPart {
  kind: string
  value: number
}

export interface ChartColumn {
  /** Said when the column is pointed at. */
  text: string
  /** From below to above. */
  parts: readonly ChartPart[]
}

export interface ChartProps {
  id: string
  title: string
  /** What the chart shows, in a sentence for whoever does not see it. */
  summary: string
  columns: readonly ChartColumn[]
  /** Names of the kinds, in the order of the parts. */
  legend: readonly (readonly [kind: string, name: string])[]
  /** The value of a line across, as it is written. */
  scale(value: number): string
  /** The least value that the uppermost line stands for. */
  least: number
  /** Written below: the first day, one in the middle, the last. */
  marks: readonly string[]
}

/** Width of a column with the gap beside it, and height of the chart, in its own units. */
const step = 10
const bar = 7
const height = 100

/** Draws a chart. */
export function BarChart({ id, title, summary, columns, legend, scale, least, marks }: ChartProps) {
  const top = roundUp(Math.max(least, ...columns.map(({ parts }) => sum(parts))))
  const width = columns.length * step
  return (
    <figure class="card chart" aria-labelledby={id}>
      <figcaption>
        <h2 id={id}>{title}</h2>
        <ul class="legend">
          {legend.map(([kind, name]) => (
            <li class={kind}>{name}</li>
          ))}
        </ul>
      </figcaption>
      <div class="plot">
        <div class="scale" aria-hidden="true">
          {[top, top / 2, 0].map((value) => (
            <span>{scale(value)}</span>
          ))}
        </div>
        <svg
          role="img"
          aria-label={summary}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          focusable="false"
        >
          {[0, height / 2, height].map((y) => (
            <line x1="0" x2={width} y1={y} y2={y} vector-effect="non-scaling-stroke" />
          ))}
          {columns.map((column, i) => (
            <Column column={column} x={i * step + (step - bar) / 2} top={top} />
          ))}
        </svg>
        <div class="marks" aria-hidden="true">
          {marks.map((mark) => (
            <span>{mark}</span>
          ))}
        </div>
      </div>
    </figure>
  )
}

/** A chart of rewards with bonuses upon them, in cents. */
export function MoneyChart({
  columns,
  legend: [rewards, bonuses],
  ...chart
}: Pick<ChartProps, 'id' | 'title' | 'summary' | 'marks'> & {
  legend: readonly [rewards: string, bonuses: string]
  columns: readonly { text: string; rewards: Cents; bonuses: Cents }[]
}) {
  return (
    <BarChart
      {...chart}
      legend={[
        ['one', rewards],
        ['two', bonuses],
      ]}
      columns={columns.map(({ text, ...amounts }) => ({
        text,
        parts: [
          { kind: 'one', value: Number(amounts.rewards) },
          { kind: 'two', value: Number(amounts.bonuses) },
        ],
      }))}
      scale={(value) => money(cents(value))}
      least={100}
    />
  )
}

function Column({ column, x, top }: { column: ChartColumn; x: number; top: number }) {
  let below = 0
  return (
    <g>
      <title>{column.text}</title>
      {column.parts
        .filter(({ value }) => value > 0)
        .map(({ kind, value }) => {
          const high = (value / top) * height
          below += high
          return <rect class={kind} x={x} y={fixed(height - below)} width={bar} height={fixed(high)}></rect>
        })}
    </g>
  )
}

function sum(parts: readonly ChartPart[]): number {
  return parts.reduce((all, { value }) => all + value, 0)
}

const fixed = (value: number) => Number(value.toFixed(2))

/** The next even number of the form 2, 4, 6, 10 or 20 times a power of ten: its half is round as well. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 4, 6, 10].map((of) => of * power).find((of) => of >= value && of % 2 === 0) ?? 20 * power
}
