// Ids of the real service, and how much of a wrong value is shown.

/** Of a HIT, an assignment, a type. */
export const entityId = /^[A-Z0-9]{1,64}$/
export const entityIdMeaning = 'an id: capital letters and digits, 64 at most'

export const workerId = /^A[A-Z0-9]{1,63}$/
export const workerIdMeaning = 'the id of a worker: A, then capital letters and digits'

/** Characters of a wrong value that are shown. */
export const shownLength = 40
