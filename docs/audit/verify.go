// Verifies an exported ledger with the Go project's own packages, which share no code with Kept:
//
//	go run verify.go FOLDER KEY [PROOF ENTRY]
//
// FOLDER is what `kept ledger export` wrote, KEY the ledger's public key (name+id+base64) as it was published, not as it lies in the folder.
// PROOF and ENTRY are the files of `kept ledger proof N --to FOLDER`.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 && len(os.Args) != 5 {
		log.Fatal("usage: verify FOLDER KEY [PROOF ENTRY]")
	}
	folder, key := os.Args[1], os.Args[2]
	tree := checkpoint(read(filepath.Join(folder, "checkpoint")), key)
	tiles(folder, tree, entries(folder, tree))
	fmt.Printf("%d entries lead to the signed root %v, and so do the tiles\n", tree.N, tree.Hash)
	if len(os.Args) == 5 {
		proof(string(read(os.Args[3])), read(os.Args[4]), key)
	}
}

// checkpoint opens the signed note; its text is origin, size, root (C2SP tlog-checkpoint).
func checkpoint(text []byte, key string) tlog.Tree {
	verifier, err := note.NewVerifier(key)
	check(err)
	opened, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		log.Fatalf("the checkpoint is one of %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

// entries hashes every entry anew and compares the root.
func entries(folder string, tree tlog.Tree) tlog.HashReader {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})
	for n := int64(0); n < tree.N; {
		width := tree.N - n
		if width > 1<<height {
			width = 1 << height
		}
		tile := tlog.Tile{H: height, L: 0, N: n >> height, W: int(width)}
		bundle := read(filepath.Join(folder, strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)))
		for ; width > 0; width-- {
			length := binary.BigEndian.Uint16(bundle)
			hashes, err := tlog.StoredHashes(n, bundle[2:2+length], reader)
			check(err)
			stored = append(stored, hashes...)
			bundle = bundle[2+length:]
			n++
		}
		if len(bundle) > 0 {
			log.Fatalf("a bundle goes on behind entry %d", n-1)
		}
	}
	root := tlog.Hash(sha256.Sum256(nil)) // of no entries; older versions of tlog do not know it
	if tree.N > 0 {
		var err error
		root, err = tlog.TreeHash(tree.N, reader)
		check(err)
	}
	if root != tree.Hash {
		log.Fatalf("the entries lead to %v, the checkpoint signs %v", root, tree.Hash)
	}
	return reader
}

// tiles computes every tile that a tree of this size has, and compares.
func tiles(folder string, tree tlog.Tree, reader tlog.HashReader) {
	for level, hashes := 0, tree.N; hashes > 0; level, hashes = level+1, hashes>>height {
		for n := int64(0); n<<height < hashes; n++ {
			width := hashes - n<<height
			if width > 1<<height {
				width = 1 << height
			}
			tile := tlog.Tile{H: height, L: level, N: n, W: int(width)}
			computed, err := tlog.ReadTileData(tile, reader)
			check(err)
			path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
			if !bytes.Equal(computed, read(filepath.Join(folder, path))) {
				log.Fatalf("%s does not hold the hashes of what lies below it", path)
			}
		}
	}
}

// proof checks a C2SP tlog-proof of an entry.
func proof(text string, entry []byte, key string) {
	head, signed, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		log.Fatal("this is no proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	check(err)
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		decoded, err := base64.StdEncoding.DecodeString(line)
		check(err)
		var hash tlog.Hash
		copy(hash[:], decoded)
		path = append(path, hash)
	}
	tree := checkpoint([]byte(signed), key)
	check(tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
	fmt.Printf("entry %d is in the ledger of %d entries\n", index, tree.N)
}

func read(file string) []byte {
	content, err := os.ReadFile(file)
	check(err)
	return content
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
