"""Passages with names, old words and figures, to be spoken and written down by a small model."""

from __future__ import annotations

#: What the weights of the doubts are fitted on.
FITTED = """
The schooner Marigold left Whitby on the third of March with a cargo of alum, tallow and rope.
Her master, Josiah Penhallow, had sworn to reach Reykjavik before the equinox, and nobody aboard
doubted that he would try. The mate was a Breton named Yves Kerouac, lean as a heron and twice as
patient. He kept the log in violet ink, and he spelled every harbour as he heard it.
On the fifth day the glass fell. Kerouac reefed the topsail, doused the galley fire, and told the
boy Tobias to lash the hen coop to the windlass. By dusk the sea was running in grey ridges, and
the Marigold shouldered through them like a plough through clay. Penhallow stood at the tiller
with his sou'wester tied under his chin. He sang hymns, mostly Wesleyan, and mostly flat.
Toward midnight a strake sprang beneath the waterline. They pumped for eleven hours. Tobias fell
asleep standing, his forehead against the pump brake, and woke when the suction coughed. The
carpenter, old Ezekiel Thrale, went down with oakum and a mallet, and came up blue.
"She'll swim," he said, "if the alum doesn't dissolve and the tallow doesn't float us."
At Seydisfjord they were met by the factor, a Dane called Rasmussen, who wore a beaver hat and
spoke seven languages badly. He bought the rope at once, haggled over the tallow, and sniffed at
the alum. Penhallow would not sell for less than forty guineas. They settled on thirty-eight and a
keg of aquavit, which Kerouac entered in the log as ballast.
The geologist Halloran joined them there with six crates of basalt, zeolite and Iceland spar. She
had walked from Myvatn in borrowed boots, and she had opinions about glaciers. The feldspar in
these cliffs, she told Thrale, was older than Genesis. Thrale answered that so was his mother.
In the lee of the Westmann Islands they lay becalmed. Halloran sketched the puffins. Penhallow
mended his spectacles with sailmaker's twine, and Tobias learned to box the compass backward.
When the wind returned it came from the north-east, thin and steady, and it smelled of sulphur.
The voyage home took nineteen days. Rasmussen's letter, sealed in green wax, reached the owners in
Whitby a week before the ship did. It praised the rope, forgave the alum, and complained at length
about the aquavit, of which, the factor wrote, there had been two kegs and not one.
Doctor Anand Krishnamurthy of the Nautical Museum has edited the log for print. The ink, he found,
was logwood and iron gall. The margins hold recipes for lobscouse, a sketch of the zeolite, and a
sum that proves Kerouac was cheated at whist. "It's a humble book," says Krishnamurthy, "but
there's more weather in it than in the whole of Homer."
"""

#: What the bench reports on.
HELD_OUT = """
Welcome to the Orchard Hour. I'm Siobhan Okonkwo, and with me is Lars Vandermeer, who grafts pears
in the Wye valley. Lars, you've got four hundred rootstocks and a bad back. Why quince?
Because quince keeps them short, Siobhan. A pear on its own roots wants to be a steeple. On quince
it's a hedge you can pick without a ladder. My grandfather used hawthorn, and he fell off twice.
Tell us about scab. Scab's a fungus, venturia, and it adores a wet April. We spray sulphur, we rake
the leaves, and we pray. Last year the Bartletts were clean, but the Conference pears looked like
old boots. So we pressed them, and the perry took a medal in Ledbury.
You once told me that grafting is a kind of forgery. It is! You cut the scion on the slant, you cut
the stock to match, and you bind the two with raffia until neither knows which is which. The
cambium does the rest. Within a month the sap can't tell the difference.
Our second guest is Professor Ngozi Lindqvist, whose book on wasps, The Paper Guild, came out in
June. Ngozi, wasps in an orchard: friend or foe? Both, I'm afraid. In May a queen takes eighty
caterpillars a day. In September her daughters are drunk on your windfalls and quarrelling.
Lars keeps a jar of vinegar by the press. I do, and I feel guilty each time. Don't, says Ngozi, they
would die with the frost. Only the young queens winter, under bark or in a fold of curtain.
We had a letter from Mister Percival Ashdown in Tewkesbury. He asks whether a medlar may be grafted
on a whitethorn. It may, Percival. It'll be thorny below and courteous above. Blet the fruit in
straw until it's brown, then serve it with stilton. My aunt Philomena swore by it.
And what about honey fungus? Dig it out, burn it, and plant something else. There's no cure. I lost
nine trees in twenty sixteen, three Williams and six Doyenne du Comice, and it cost me about five
thousand pounds. You see the bootlaces under the bark, black as liquorice, and your heart sinks.
Ngozi, is the hornet coming? The Asian hornet, vespa velutina, reached Jersey in two thousand
sixteen. It hawks for bees at the hive's mouth. If you see one, photograph it, and write to us.
Before we go, a riddle from Siobhan's mother. What has a core and no seeds, a skin and no flesh, and
is carried by every cider maker? Lars guesses a barrel. Ngozi guesses a rumour. The answer is a
secret, and it'll keep until next week. Good night from the Orchard Hour, and mind the ladder.
"""
