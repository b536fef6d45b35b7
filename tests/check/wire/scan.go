// SPDX-License-Identifier: Apache-2.0

package wire

import "bytes"

// Scan reads JSON in place, in the order in which it stands. A document that is not what the caller expects sets Bad;
// everything read after that is empty, so callers look once, at the end.
type Scan struct {
	b   []byte
	at  int
	Bad bool
}

// NewScan begins at the start of a document.
func NewScan(document []byte) *Scan { return &Scan{b: document} }

func (s *Scan) fail() { s.Bad, s.at = true, len(s.b) }

func (s *Scan) peek() byte {
	for s.at < len(s.b) {
		switch s.b[s.at] {
		case ' ', '\n', '\r', '\t':
			s.at++
		default:
			return s.b[s.at]
		}
	}
	return 0
}

func (s *Scan) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.at++
	return true
}

// Object calls member for each name; member must read the value.
func (s *Scan) Object(member func(name string)) {
	if !s.take('{') {
		s.fail()
		return
	}
	for !s.Bad && !s.take('}') {
		name := s.Text()
		if !s.take(':') {
			s.fail()
			return
		}
		member(string(name))
		s.comma('}')
	}
}

// Array calls element at the start of each element; element must read it.
func (s *Scan) Array(element func()) {
	if !s.take('[') {
		s.fail()
		return
	}
	for !s.Bad && !s.take(']') {
		element()
		s.comma(']')
	}
}

func (s *Scan) comma(end byte) {
	if !s.take(',') && s.peek() != end {
		s.fail()
	}
}

// Text is a string as it stands between its quotes: what the checkers write needs no escapes.
func (s *Scan) Text() []byte {
	if !s.take('"') {
		s.fail()
		return nil
	}
	length := bytes.IndexByte(s.b[s.at:], '"')
	if length < 0 {
		s.fail()
		return nil
	}
	text := s.b[s.at : s.at+length]
	s.at += length + 1
	return text
}

// Int is a number, or the number in a string as DynamoDB writes it.
func (s *Scan) Int() int64 {
	quoted := s.take('"')
	negative := s.take('-')
	value, digits := int64(0), 0
	for s.at < len(s.b) && s.b[s.at] >= '0' && s.b[s.at] <= '9' {
		value = value*10 + int64(s.b[s.at]-'0')
		s.at++
		digits++
	}
	if digits == 0 || (quoted && !s.take('"')) {
		s.fail()
	}
	if negative {
		return -value
	}
	return value
}

// Value reads the value of an attribute of the given type, {"N": ...}; read is called at what stands inside.
func (s *Scan) Value(kind string, read func()) {
	s.Object(func(name string) {
		if name != kind {
			s.fail()
			return
		}
		read()
	})
}

// Skip passes over whatever stands here.
func (s *Scan) Skip() {
	switch s.peek() {
	case '{':
		s.Object(func(string) { s.Skip() })
	case '[':
		s.Array(func() { s.Skip() })
	case '"':
		s.at++
		for s.at < len(s.b) && s.b[s.at] != '"' {
			if s.b[s.at] == '\\' {
				s.at++
			}
			s.at++
		}
		s.at++
	default:
		start := s.at
		for s.at < len(s.b) && bytes.IndexByte([]byte(",]}"), s.b[s.at]) < 0 {
			s.at++
		}
		if s.at == start {
			s.fail()
		}
	}
}

// ErrorName is the short name of an error reply, "" when there is none.
func ErrorName(body []byte) string {
	const mark = `"__type":"`
	start := bytes.Index(body, []byte(mark))
	if start < 0 {
		return ""
	}
	rest := body[start+len(mark):]
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		return ""
	}
	rest = rest[:end]
	return string(rest[bytes.IndexByte(rest, '#')+1:])
}

// Throttled says that the server refused before it did anything: the request counts as never sent, and may be sent again.
func Throttled(reply Reply) bool {
	return reply.Status == 400 && ErrorName(reply.Body) == "ThrottlingException"
}
