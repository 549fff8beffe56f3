# What the script of the essay says once the paper is over.

essay-js-finished = This paper has been handed in on another page or device, so what is written here can no longer be saved. Your text is still in the box to be copied; load the page again to see what was handed in.
essay-js-late = Time is up, so the last words can no longer be saved; the text saved before counts. Your text is still in the box to be copied.
