"""Paper and pictures of the agenda: posters, a quarter's programme, share images."""
