import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { directory } from '../../worker/auth/directory.ts'
import { durableDriver } from '../../worker/store/durable/durable-driver.ts'
import { directoryContract } from '../store/directory-contract.ts'

directoryContract('SQLite of a Durable Object', (now) => {
  const name = env.DIRECTORY.idFromName(`contract-${crypto.randomUUID()}`)
  const stub = env.DIRECTORY.get(name)
  return directory(
    {
      run: (statements) =>
        runInDurableObject(stub, (_, state) => durableDriver(state.storage).run(statements)),
    },
    now,
  )
})
