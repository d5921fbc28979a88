use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;

use super::*;

type Judge = MemoryBackedTree<Sha256, Vec<u8>>;

fn leaves(n: usize) -> Vec<Vec<u8>> {
    (0..n)
        .map(|at| format!("event {at}").into_bytes())
        .collect()
}

fn judge(leaves: &[Vec<u8>]) -> Judge {
    let mut tree = Judge::new();
    for leaf in leaves {
        tree.push(leaf.clone());
    }
    tree
}

fn root(leaves: &[Vec<u8>]) -> Digest {
    let mut tree = Frontier::default();
    for leaf in leaves {
        tree.push(leaf_of(leaf));
    }
    tree.root()
}

fn range(leaves: &[Vec<u8>], from: u64, to: u64) -> Digest {
    let at = |n: u64| usize::try_from(n).unwrap();
    root(&leaves[at(from)..at(to)])
}

#[test]
fn roots_are_those_of_the_published_vectors() {
    // The reference data of certificate-transparency's own Merkle tree tests.
    let leaves = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut tree = Frontier::default();
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(tree.root().to_string(), empty);
    for (leaf, root) in leaves.iter().zip(roots) {
        tree.push(leaf_of(&hex::decode(leaf).unwrap()));
        assert_eq!(tree.root().to_string(), root);
    }
}

#[test]
fn tiles_and_bytes_give_the_same_tree() {
    let leaves = leaves(1_100);
    let (mut tree, mut tiles) = (Frontier::default(), Frontier::default());
    for (n, leaf) in leaves.iter().enumerate() {
        if let Some((number, tile)) = tree.push(leaf_of(leaf)) {
            assert_eq!((number + 1) * TILE, u64::try_from(n + 1).unwrap());
            assert_eq!(tile, range(&leaves, number * TILE, (number + 1) * TILE));
            assert!(tiles.push_tile(tile));
        }
        let again = Frontier::from_bytes(tree.size(), &tree.to_bytes());
        assert_eq!(again.as_ref(), Some(&tree));
    }
    assert_eq!(tiles.root(), range(&leaves, 0, 1_024));
    assert!(!tree.push_tile(Digest::default()));
    assert_eq!(Frontier::from_bytes(7, &tree.to_bytes()), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn another_implementation_gives_the_same_roots_and_proofs(n in 1_usize..600, a in 0_usize..600, b in 0_usize..600) {
        let (index, old) = (a % n, b % n + 1);
        let leaves = leaves(n);
        let judge = judge(&leaves);
        let size = u64::try_from(n).unwrap();
        let whole = (size, root(&leaves));
        let theirs = judge.root();
        prop_assert_eq!(theirs.as_bytes().as_slice(), whole.1.0.as_slice());

        let at = u64::try_from(index).unwrap();
        let path = inclusion(at, size, |from, to| Ok::<_, ()>(range(&leaves, from, to))).unwrap();
        let theirs = judge.prove_inclusion(index);
        let ours: Vec<u8> = path.iter().flat_map(|digest| digest.0).collect();
        prop_assert_eq!(theirs.as_bytes(), ours.as_slice());
        prop_assert!(includes(leaf_of(&leaves[index]), at, whole, &path));

        let old_size = u64::try_from(old).unwrap();
        let path = consistency(old_size, size, |from, to| Ok::<_, ()>(range(&leaves, from, to))).unwrap();
        prop_assert!(extends((old_size, root(&leaves[..old])), whole, &path));
        if old < n {
            let theirs = judge.prove_consistency(n - old);
            let ours: Vec<u8> = path.iter().flat_map(|digest| digest.0).collect();
            prop_assert_eq!(theirs.as_bytes(), ours.as_slice());
        }
    }

    #[test]
    fn no_proof_survives_a_change(n in 2_usize..300, a in 0_usize..300, b in 0_usize..300, bit in 0_usize..256, spot in 0_usize..20) {
        let (index, old) = (a % n, b % (n - 1) + 1);
        let leaves = leaves(n);
        let size = u64::try_from(n).unwrap();
        let whole = (size, root(&leaves));
        let bent = |mut path: Vec<Digest>| {
            let at = spot % path.len();
            path[at].0[bit / 8] ^= 1 << (bit % 8);
            path
        };
        let at = u64::try_from(index).unwrap();
        let path = inclusion(at, size, |from, to| Ok::<_, ()>(range(&leaves, from, to))).unwrap();
        prop_assert!(!includes(leaf_of(&leaves[index]), at, whole, &bent(path.clone())));
        prop_assert!(!includes(leaf_of(b"another"), at, whole, &path));
        prop_assert!(!includes(leaf_of(&leaves[index]), (at + 1) % size, whole, &path));

        let before = (u64::try_from(old).unwrap(), root(&leaves[..old]));
        let path = consistency(before.0, size, |from, to| Ok::<_, ()>(range(&leaves, from, to))).unwrap();
        prop_assert!(!extends(before, whole, &bent(path.clone())));
        prop_assert!(!extends((before.0, Digest::default()), whole, &path));
        prop_assert!(!extends(before, (size, Digest::default()), &path));
    }

    #[test]
    fn no_proof_from_elsewhere_is_too_much(bytes in prop::collection::vec(any::<[u8; 32]>(), 0..70), a in any::<u64>(), b in any::<u64>()) {
        let path: Vec<Digest> = bytes.into_iter().map(Digest).collect();
        prop_assert!(!includes(Digest::default(), a, (b, Digest::default()), &path));
        prop_assert!(a == 0 || !extends((a, Digest::default()), (b, Digest([1; 32])), &path));
    }
}
