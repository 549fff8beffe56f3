# Long work at the desk: closing, ranking, making files.

wait-work = At work. Some hundred thousand entries take a few seconds.
wait-file = The file is being made. A list of some hundred thousand lines takes about half a minute.
wait-come = The file is coming
wait-done = The file has come.
wait-failed = The file did not come. Look at the network and press again.
wait-bar = Work under way
wait-units = {"{n}"} s|{"{mb}"} MB
