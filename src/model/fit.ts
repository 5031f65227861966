// JSON of somebody else's making, such as a file of saved answers, before it is answered in a shape of the API.
import type { Shape } from './shape.ts'

/**
 * What of a JSON value the shape has a place for: members and items that are of another kind are left out, structures
 * that lack what they need too. Undefined when nothing is left.
 */
export function fit(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'string':
      return typeof value === 'string' ? value : undefined
    case 'integer':
    case 'long':
      return Number.isSafeInteger(value) ? value : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'timestamp':
      return Number.isFinite(value) ? value : undefined
    case 'list':
      if (!Array.isArray(value)) return undefined
      return value.map((item) => fit(shape.item, item)).filter((item) => item !== undefined)
    case 'structure': {
      if (typeof value !== 'object' || value === null) return undefined
      const fitted: Record<string, unknown> = {}
      for (const [name, member] of Object.entries(shape.members)) {
        const own = fit(member.shape, (value as Record<string, unknown>)[name])
        if (own !== undefined) fitted[name] = own
        else if (member.required) return undefined
      }
      return fitted
    }
  }
}
