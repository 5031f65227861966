// The sample page of demo mode's ExternalQuestion. It is shown from 127.0.0.1, which is another origin than
// localhost, so that it lives as the pages of requesters' own servers do.

/** Path of the page. */
export const demoTaskPath = '/demo/external-task'

export const demoTaskPage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Count the dots</title>
<style>body{font:16px/1.5 system-ui;margin:1.5rem}p.dots{font-size:2.5rem;letter-spacing:.4rem;margin:.5rem 0}input,button{font:inherit;padding:.5rem}</style></head>
<body><h1>Count the dots</h1><p class="dots" aria-hidden="true">● ● ● ● ● ● ●</p>
<form method="post"><input type="hidden" name="assignmentId">
<p><label>How many dots are there? <input name="dots" inputmode="numeric" required></label></p>
<p><button>Submit</button></p></form>
<script>
const query = new URLSearchParams(location.search)
const form = document.querySelector('form')
form.assignmentId.value = query.get('assignmentId')
if (query.has('turkSubmitTo')) form.action = query.get('turkSubmitTo') + '/mturk/externalSubmit'
else document.querySelector('button').disabled = true
</script></body></html>`
