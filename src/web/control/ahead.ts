/** The same items: the next one is made while the consumer still has the one before. */
export async function* ahead<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]()
  const ask = () => {
    const next = iterator.next()
    // It is awaited in its turn; a consumer who stops before that does not hear of its failure.
    next.catch(() => {})
    return next
  }
  let next = ask()
  try {
    for (;;) {
      const { done, value } = await next
      if (done === true) return
      next = ask()
      yield value
    }
  } finally {
    await iterator.return?.()
  }
}
