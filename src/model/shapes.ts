// Every shape that operations share; each constant has the model's own name, and its type stands under the
// same name (`HIT` is the description, `type HIT` a HIT as the API shows it).
export * from './shapes/assignment.ts'
export * from './shapes/basic.ts'
export * from './shapes/hit.ts'
export * from './shapes/notification.ts'
export * from './shapes/qualification.ts'
export * from './shapes/review-policy.ts'
export * from './shapes/worker.ts'
