/**
 * A chain of LangChain: a prompt, a model, a parser; each question a trace.
 *
 * `npm run example langchain-chain`
 */

import { StringOutputParser } from '@langchain/core/output_parsers'
import { ChatPromptTemplate } from '@langchain/core/prompts'
import { ChatOpenAI } from '@langchain/openai'
import * as carrot from 'carrot-trace'

carrot.init({ service: 'langchain-chain', tags: ['example'] })

const chain = ChatPromptTemplate.fromTemplate('Answer in a sentence: {question}')
  .pipe(carrot.wrap(new ChatOpenAI({ model: 'gpt-4o' })))
  .pipe(new StringOutputParser())

const answer = carrot.trace({ kind: 'workflow' }, async function answer(question: string) {
  return chain.invoke({ question })
})

console.log(await answer('How do I reset my password?'))
console.log(await answer('When do I get my refund?'))
